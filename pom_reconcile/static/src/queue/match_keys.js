import { _t } from "@web/core/l10n/translation";

/** What a key does. Digits and arrows are told apart by the queue. */
export const KEYS = [
    { key: "Enter", run: "accept", label: _t("Book") },
    { key: "s", run: "searchDocument", label: _t("Find a Document") },
    { key: "c", run: "credit", label: _t("Credit") },
    { key: "f", run: "fee", label: _t("Fee") },
    { key: "a", run: "searchAccount", label: _t("Account") },
    { key: "o", run: "leaveOpen", label: _t("Leave the Rest Open") },
    { key: "w", run: "settleWhole", label: _t("Settle in Full") },
    { key: "n", run: "next", label: _t("Next") },
    { key: "p", run: "previous", label: _t("Previous") },
    { key: "m", run: "lookAgain", label: _t("Match Again") },
    { key: "u", run: "undo", label: _t("Undo") },
];
/** What may be said of the rest, in this order. */
export const RESTS = ["credit", "fee", "searchAccount", "leaveOpen", "searchDocument"].map((run) =>
    KEYS.find((one) => one.run === run)
);
const ALIASES = { ArrowRight: "next", ArrowLeft: "previous", Escape: "clear", Backspace: "drop" };

/** Name of what a key does; undefined when it does nothing. */
export function actionOf(key) {
    const name = key.length === 1 ? key.toLowerCase() : key;
    return KEYS.find((one) => one.key === name)?.run || ALIASES[name];
}

/** 1 to 9; 0 for any other key. Not by `key`: digits of a Belgian or French keyboard are
 *  typed with Shift. */
export function digitOf(code) {
    return Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] || 0);
}
