import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { user } from "@web/core/user";

/** Pixels that a lying bar takes, and those that a chart takes besides. */
const BAR = 30;
const AROUND = 60;
const STANDING = 260;
/** On a screen as narrow as this, so many letters of a label leave room for the bars. */
const NARROW = 420;
const LETTERS = 18;

/** A table, and beside it the same as a chart: who can't see one reads the other. */
export class FigureTable extends Component {
    static template = "pom_overview.FigureTable";
    static props = { table: Object, open: Function };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => this.props.table.chart && loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.table, this.canvas.el]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    /** Nothing but zeros needs no picture. */
    get isDrawn() {
        const { chart, rows } = this.props.table;
        return rows.some((row) => chart?.series.some((one) => row.cells[one.cell].value));
    }

    get height() {
        const { chart, rows } = this.props.table;
        const height = chart.is_lying ? rows.length * BAR + AROUND : STANDING;
        return `height: ${height}px`;
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (this.canvas.el) {
            // eslint-disable-next-line no-undef
            this.chart = new Chart(this.canvas.el, this.config);
        }
    }

    get config() {
        const { chart, rows } = this.props.table;
        return {
            type: chart.kind,
            data: {
                labels: rows.map((row) => row.label),
                datasets: chart.series.map((one, index) => this.dataset(one, index)),
            },
            options: {
                animation: false,
                locale: user.lang,
                maintainAspectRatio: false,
                indexAxis: chart.is_lying ? "y" : "x",
                plugins: {
                    legend: { display: chart.series.length > 1, position: "bottom" },
                    tooltip: { callbacks: { label: (item) => this.said(item) } },
                },
                scales: this.scales,
            },
        };
    }

    /** Lines are drawn before bars, so that they aren't behind them. */
    dataset(one, index) {
        const color = getColor(index + 1, cookie.get("color_scheme"), "sm");
        return {
            label: one.label || this.props.table.title,
            type: one.kind || this.props.table.chart.kind,
            data: this.props.table.rows.map((row) => row.cells[one.cell].value),
            yAxisID: one.axis || (this.props.table.chart.is_lying ? undefined : "y"),
            backgroundColor: color,
            borderColor: color,
            maxBarThickness: BAR,
            order: one.kind === "line" ? 0 : 1,
        };
    }

    get scales() {
        const { chart } = this.props.table;
        const whole = { beginAtZero: true, ticks: { maxTicksLimit: 6 }, grid: { display: true } };
        if (chart.is_lying) {
            return { x: whole, y: { grid: { display: false }, ticks: { callback: shortened } } };
        }
        const shares = chart.series.some((one) => one.axis === "percent");
        return {
            x: { grid: { display: false } },
            y: whole,
            ...(shares
                ? { percent: { ...whole, max: 100, position: "right", grid: { display: false } } }
                : {}),
        };
    }

    /** As the table says it, not as the chart counts it. */
    said(item) {
        const one = this.props.table.chart.series[item.datasetIndex];
        return this.props.table.rows[item.dataIndex].cells[one.cell].text;
    }
}

function shortened(value) {
    const label = this.getLabelForValue(value);
    const isLong = this.chart.width < NARROW && label.length > LETTERS;
    return isLong ? `${label.slice(0, LETTERS - 1)}…` : label;
}
