import { Component, onMounted, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { parseMonetary } from "@web/views/fields/parsers";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { isPart, mayBeCost, rounded, taken, typed } from "./match_amounts";
import { KEYS, RESTS, actionOf, digitOf } from "./match_keys";
import { MatchSearch } from "./match_search";

const MODEL = "pom.match.queue";
/** So many lines before the end of what is loaded, more are asked for. */
const AHEAD = 10;

/** One bank line after the other, until none is left: everything by one key. */
export class MatchQueue extends Component {
    static template = "pom_reconcile.MatchQueue";
    static components = { Layout, MatchSearch };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.keys = KEYS;
        this.rests = RESTS;
        this.display = { controlPanel: {} };
        this.scope = this.props.action.params?.scope || this.props.action.context.scope || {};
        this.booked = [];
        this.stale = new Set();
        this.state = useState({
            lines: [],
            at: 0,
            left: 0,
            done: 0,
            chosen: 0,
            basket: [],
            suggestion: false,
            asking: false,
            search: "",
            busy: false,
        });
        onWillStart(() => this.load());
        onMounted(() => this.focus());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    // What is shown

    get line() {
        return this.state.lines[this.state.at];
    }

    get currencyId() {
        return this.state.basket[0]?.currency_id || this.line.currency_id;
    }

    /** What the chosen documents leave of the line. */
    get rest() {
        return this.round(this.line.amounts[this.currencyId] - taken(this.state.basket));
    }

    get ways() {
        return this.line.suggestions;
    }

    get counts() {
        return _t("%(left)s left, %(done)s done", { left: this.state.left, done: this.state.done });
    }

    more(count) {
        return _t("and %s more", count);
    }

    left(way) {
        return _t("%s left", this.money(this.restOf(way), way.parts[0].currency_id));
    }

    money(amount, currencyId) {
        return formatCurrency(amount, currencyId);
    }

    plain(part) {
        return typed(part.amount, part.currency_id);
    }

    date(day) {
        return formatDate(deserializeDate(day));
    }

    /** What a suggestion leaves of the line. */
    restOf(way) {
        return this.round(this.line.amounts[way.parts[0].currency_id] - taken(way.parts));
    }

    isPart = isPart;

    round(amount) {
        return rounded(amount, this.currencyId);
    }

    // Keys

    onKeydown(ev) {
        const elsewhere = ev.ctrlKey || ev.altKey || ev.metaKey || ev.defaultPrevented;
        if (elsewhere || ev.target.closest("input, textarea, select, .modal, .o-dropdown--menu")) {
            return;
        }
        const native = ["Enter", " "].includes(ev.key) && ev.target.closest("a, button");
        const run = native ? null : this.meaning(ev);
        if (run) {
            ev.preventDefault();
            // A key that was pressed twice must not answer a line that nobody has seen.
            if (!ev.repeat || ev.key.startsWith("Arrow")) {
                this.press(run);
            }
        }
    }

    meaning(ev) {
        const digit = digitOf(ev.code);
        if (digit) {
            return () => this.take(digit - 1);
        }
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            return () => this.choose(ev.key === "ArrowDown" ? 1 : -1);
        }
        const name = actionOf(ev.key);
        return name && (() => this[name]());
    }

    async press(run) {
        if (this.state.busy || (!this.line && !this.booked.length)) {
            return;
        }
        await run();
        this.focus();
    }

    pressKey(name) {
        return this.press(() => this[name]());
    }

    focus() {
        if (!this.state.search) {
            this.root.el?.focus({ preventScroll: true });
        }
    }

    // Going through the lines

    async load() {
        const after = this.state.lines.at(-1)?.index || "";
        const found = await this.orm.call(MODEL, "load", [this.scope, after]);
        this.state.lines.push(...found.lines);
        this.state.left = found.left;
        this.complete = !found.lines.length;
    }

    async show(at) {
        this.state.at = Math.max(0, Math.min(at, this.state.lines.length - 1));
        this.clear();
        this.state.chosen = 0;
        if (!this.complete && this.state.at >= this.state.lines.length - AHEAD) {
            await this.load();
        }
        if (this.line && this.stale.delete(this.line.id)) {
            await this.lookAgain();
        }
    }

    next() {
        return this.line && this.show(this.state.at + 1);
    }

    previous() {
        return this.line && this.show(this.state.at - 1);
    }

    choose(step) {
        const last = (this.line?.suggestions.length || 0) - 1;
        this.state.chosen = Math.max(0, Math.min(this.state.chosen + step, last));
    }

    // Answering

    async accept() {
        if (!this.line) {
            return;
        }
        if (!this.state.basket.length) {
            return this.take(this.state.chosen);
        }
        if (this.rest) {
            this.state.asking = true;
            return;
        }
        await this.book("");
    }

    /** Take a suggestion: it is booked at once, unless it leaves something to say. */
    async take(number) {
        const way = this.line?.suggestions[number];
        if (!way || this.line.booked) {
            return;
        }
        this.state.chosen = number;
        this.state.basket = way.parts.map((part) => ({ ...part }));
        this.state.suggestion = way.id;
        return this.accept();
    }

    add(part) {
        const whole = Math.abs(part.open) <= Math.abs(this.rest) || part.open * this.rest <= 0;
        const known = this.state.basket.some((one) => one.id === part.id);
        if (known || (this.state.basket.length && part.currency_id !== this.currencyId)) {
            return;
        }
        this.state.suggestion = false;
        this.state.basket.push({ ...part, amount: whole ? part.open : this.rest });
        this.state.asking = Boolean(this.rest);
    }

    setAmount(part, text) {
        try {
            part.amount = this.round(parseMonetary(text));
            this.state.suggestion = false;
        } catch {
            this.tell(_t("This is no amount."));
        }
        this.focus();
    }

    settleWhole() {
        this.state.basket.forEach((part) => (part.amount = part.open));
        this.state.asking = Boolean(this.state.basket.length && this.rest);
    }

    drop() {
        this.state.basket.pop();
        Object.assign(this.state, { suggestion: false, asking: false });
    }

    clear() {
        Object.assign(this.state, { basket: [], suggestion: false, asking: false, search: "" });
    }

    leaveOpen() {
        return this.state.basket.length && this.book("open");
    }

    credit() {
        const partners = new Set(this.state.basket.map((part) => part.partner));
        if (partners.size === 1 || (!this.state.basket.length && this.line?.partner)) {
            return this.book("credit");
        }
        this.search("partner");
    }

    fee() {
        const fee = this.line && mayBeCost(this.line, this.state.basket) && this.line.fee;
        return fee ? this.book("account", fee.id) : this.searchAccount();
    }

    searchDocument() {
        this.search("document");
    }

    searchAccount() {
        this.search("account");
    }

    search(kind) {
        this.state.search = this.line && !this.line.booked ? kind : "";
    }

    async found(kind, one) {
        this.state.search = "";
        if (kind === "document") {
            this.add(one);
        } else if (one) {
            await this.book(kind === "partner" ? "credit" : "account", one.id);
        }
        this.focus();
    }

    stopSearch() {
        this.state.search = "";
        this.focus();
    }

    // Calls

    async book(rest, targetId = false) {
        const line = this.line;
        const parts = this.state.basket.map((part) => [part.id, part.amount]);
        const choice = { rest, target_id: targetId, suggestion_id: this.state.suggestion };
        const answer = await this.call("book", [line.id, parts, choice]);
        if (!answer) {
            return;
        }
        this.booked.push(line);
        this.state.done++;
        this.forget(answer.settled);
        const follows = this.replace(line, answer.line);
        await this.show(follows);
    }

    async lookAgain() {
        const line = this.line;
        const answer = line && (await this.call("look_again", [line.id]));
        if (answer) {
            if (!answer.line) {
                this.tell(_t("Matched by itself: %s", line.text), "success");
                this.booked.push(line);
                this.state.done++;
            }
            const follows = this.replace(line, answer.line);
            await this.show(answer.line ? follows - 1 : follows);
        }
    }

    /** Undo a part that is booked of this line, else what was booked last. */
    async undo() {
        const line = this.line?.booked ? this.line : this.booked.at(-1);
        const answer = line && (await this.call("undo", [line.id]));
        if (!answer) {
            return;
        }
        this.booked = this.booked.filter((one) => one.id !== line.id);
        this.state.done = this.booked.length;
        let at = this.state.lines.findIndex((one) => one.id === line.id);
        if (at >= 0) {
            this.state.lines[at] = answer.line;
        } else {
            at = this.state.lines.findIndex((one) => one.index > line.index);
            at = at < 0 ? this.state.lines.length : at;
            this.state.lines.splice(at, 0, answer.line);
        }
        await this.show(at);
    }

    /** Call the server; what it refuses is told, and nothing changes. */
    async call(method, args) {
        this.state.busy = true;
        try {
            const answer = await this.orm.call(MODEL, method, args, { scope: this.scope });
            this.state.left = answer.left;
            return answer;
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.tell(error.data.message, "danger");
            return null;
        } finally {
            this.state.busy = false;
        }
    }

    tell(message, type = "warning") {
        this.notification.add(message, { type });
    }

    /** Put what is left of a line in its place; return where the next one is. */
    replace(line, left) {
        const at = this.state.lines.findIndex((one) => one.id === line.id);
        this.state.lines.splice(at, 1, ...(left ? [left] : []));
        return left ? at + 1 : at;
    }

    /** Drop what was suggested for other lines and is settled now. */
    forget(settled) {
        const gone = new Set(settled);
        for (const line of this.state.lines) {
            const ways = line.suggestions.filter((way) => !way.parts.some((part) => gone.has(part.id)));
            // What a person undid isn't tried again without being asked.
            if (ways.length < line.suggestions.length && line.suggestions.some((way) => way.id)) {
                this.stale.add(line.id);
            }
            line.suggestions = ways;
        }
    }

    openLine() {
        return this.action.doActionButton({
            type: "object",
            name: "action_pom_open",
            resModel: "account.bank.statement.line",
            resId: this.line.id,
        });
    }
}

registry.category("actions").add("pom_match_queue", MatchQueue);
