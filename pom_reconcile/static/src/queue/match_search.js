import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const METHODS = { document: "find_documents", account: "find_accounts", partner: "find_partners" };
const TITLES = {
    document: _t("Number, reference, customer or amount"),
    account: _t("Account to book it on"),
    partner: _t("Whose credit it is"),
};
const WAIT_MS = 200;

/** A search by typing: arrows choose, Enter takes, Escape leaves. */
export class MatchSearch extends Component {
    static template = "pom_reconcile.MatchSearch";
    static props = { kind: String, lineId: Number, onFound: Function, onLeave: Function };

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.last = new KeepLast();
        this.title = TITLES[this.props.kind];
        this.state = useState({ found: [], at: 0, asked: null });
        this.onInput = useDebounced(() => this.ask(), WAIT_MS);
        onWillStart(() => this.ask());
        onMounted(() => this.input.el.focus());
    }

    get text() {
        return this.input.el?.value || "";
    }

    async ask() {
        const text = this.text;
        const call = this.orm.call("pom.match.queue", METHODS[this.props.kind], [this.props.lineId, text]);
        this.state.found = await this.last.add(call);
        this.state.asked = text;
        this.state.at = 0;
    }

    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const run = step
            ? () => this.move(step)
            : { Escape: () => this.props.onLeave(), Enter: () => this.enter() }[ev.key];
        if (run) {
            ev.preventDefault();
            ev.stopPropagation();
            run();
        }
    }

    move(step) {
        const last = this.state.found.length - 1;
        this.state.at = Math.max(0, Math.min(this.state.at + step, last));
    }

    /** Take what was found for these very words. */
    async enter() {
        if (this.state.asked !== this.text) {
            await this.ask();
        }
        if (this.state.found.length) {
            this.props.onFound(this.state.found[this.state.at]);
        }
    }

    money(one) {
        return formatCurrency(one.open, one.currency_id);
    }

    date(day) {
        return formatDate(deserializeDate(day));
    }
}
