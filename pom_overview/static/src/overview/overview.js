import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
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
        onWillStart(() => this.load());
        onMounted(() => this.loadOpen());
    }

    get filters() {
        const { choices } = this.state.data;
        return Object.keys(this.labels).filter((name) => choices[name].length > 1);
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "load", [this.asked]);
        this.asked = this.state.data.chosen;
    }

    /** What is open takes longer: it comes into its places when it's there. */
    get sections() {
        return this.state.data.sections.map((one) => this.state.open[one.code] || one);
    }

    async loadOpen() {
        const asked = this.asked;
        const found = await this.orm.call(MODEL, "load_open", [asked]);
        // Something else may have been chosen meanwhile.
        if (asked === this.asked) {
            this.state.open = Object.fromEntries(found.map((one) => [one.code, one]));
        }
    }

    async choose(name, value) {
        const isNumber = /^\d+$/.test(value);
        this.asked = { ...this.asked, [name]: isNumber ? Number(value) : value };
        sessionStorage.setItem(KEPT, JSON.stringify(this.asked));
        this.state.busy = true;
        this.state.open = {};
        try {
            await this.load();
        } finally {
            this.state.busy = false;
        }
        await this.loadOpen();
    }

    async open(door) {
        const action = await this.orm.call(MODEL, "open", [door, this.asked]);
        if (action.type) {
            await this.action.doAction(action);
        }
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
