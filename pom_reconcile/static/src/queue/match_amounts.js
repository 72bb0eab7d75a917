import { getCurrency } from "@web/core/currency";
import { formatFloat } from "@web/views/fields/formatters";

/** As it is typed: in the user's own notation. */
export function typed(amount, currencyId) {
    const digits = getCurrency(currencyId)?.digits || [16, 2];
    return formatFloat(amount, { digits });
}

/** To what the currency has; never -0. */
export function rounded(amount, currencyId) {
    const digits = getCurrency(currencyId)?.digits?.[1] ?? 2;
    return Number(amount.toFixed(digits)) || 0;
}

/** What items take of a line, together. */
export function taken(parts) {
    return parts.reduce((sum, part) => sum + part.amount, 0);
}

/** Whether what is left of a line may be the bank's: never all of what came in. */
export function mayBeCost(line, parts) {
    return parts.length || line.amounts[line.currency_id] < 0;
}

/** Whether something of what a suggestion pays stays open. */
export function isPart(way) {
    return way.parts.some((part) => rounded(part.open - part.amount, part.currency_id));
}
