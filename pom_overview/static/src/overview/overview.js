import { Component, onWillStart, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { FigureTable } from "./figure_table";

const MODEL = "pom.overview";
/** What is chosen is kept here, so that one comes back to what one left. */
const KEPT = "pom_overview.chosen";

/** Everything that matters about money to come, each number a door to its list. */
export class Overview extends Component {
    static template = "pom_overview.Overview";
    static components = { Layout, FigureTable };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: false, open: {}, busy: false });
        const company = this.props.action.context?.company;
        this.asked = { ...remembered(), ...(company ? { company } : {}) };
        this.labels = {
            company: _t("Company"),
            period: _t("Invoiced in"),
            group: _t("Customers"),
        };
        /** Of what was asked last: something else may be chosen before it's there. */
        this.turn = 0;
        this.turnOpen = 0;
        onWillStart(() => {
            // All at once: what is open comes into its places when it's there.
            this.loadOpen();
            loadBundle("web.chartjs_lib");
            return this.load();
        });
    }

    get filters() {
        const { choices } = this.state.data;
        return Object.keys(this.labels).filter((name) => choices[name].length > 1);
    }

    get sections() {
        return this.state.data.sections.map((one) => this.state.open[one.code] || one);
    }

    async load() {
        const turn = this.turn;
        const data = await this.orm.call(MODEL, "load", [this.asked]);
        if (turn === this.turn) {
            this.state.data = data;
            this.asked = data.chosen;
        }
    }

    async loadOpen() {
        const turn = this.turnOpen;
        const found = await this.orm.call(MODEL, "load_open", [this.asked]);
        if (turn === this.turnOpen) {
            this.state.open = Object.fromEntries(found.map((one) => [one.code, one]));
        }
    }

    async choose(name, value) {
        const isNumber = /^\d+$/.test(value);
        this.asked = { ...this.asked, [name]: isNumber ? Number(value) : value };
        sessionStorage.setItem(KEPT, JSON.stringify(this.asked));
        const turn = ++this.turn;
        this.state.busy = true;
        const loading = [this.load()];
        // What is open now is that, whatever the period.
        if (name !== "period") {
            this.turnOpen++;
            this.state.open = {};
            loading.push(this.loadOpen());
        }
        try {
            await Promise.all(loading);
        } finally {
            this.state.busy = turn !== this.turn;
        }
    }

    async open(door) {
        const action = await this.orm.call(MODEL, "open", [door, this.asked]);
        await this.action.doAction(action);
    }
}

function remembered() {
    try {
        return JSON.parse(sessionStorage.getItem(KEPT)) || {};
    } catch {
        return {};
    }
}

registry.category("actions").add("pom_overview", Overview);
