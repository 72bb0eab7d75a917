"""The table in README: what holds for which provider."""

import re
from pathlib import Path

README = Path(__file__).resolve().parents[3] / "README.md"
BEGIN, END = "<!-- providers: written by dev/provider-check -->", "<!-- /providers -->"
#: By code: Odoo's own form for Stripe is another provider than ours.
COLUMNS = {
    "bancontact_pro": "Bancontact Pro",
    "mollie": "Mollie",
    "stripe": "Stripe",
    "demo": "Odoo: Demo",
    "custom": "Odoo: Wire Transfer",
    "stripe_form": "Odoo: Stripe form",
}
#: Those that must keep every promise.
OURS = ("bancontact_pro", "mollie", "stripe")
HOLDS, FAILS, NOTHING = "yes", "no", "–"
BETWEEN = re.compile(f"{re.escape(BEGIN)}\n(.*?){re.escape(END)}", re.DOTALL)


def read(text: str) -> dict[str, dict[str, str]]:
    """Outcomes by title and provider."""
    found = BETWEEN.search(text)
    rows = (
        [row for row in found[1].splitlines() if row.startswith("|")] if found else []
    )
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    if len(cells) < 2:
        return {}
    _what, *columns = cells[0]
    return {
        title: dict(zip(columns, outcomes, strict=True))
        for title, *outcomes in cells[2:]
    }


def write(text: str, titles: list[str], columns: list[str], outcomes) -> str:
    """README with this table in place of the one that it has.

    :param outcomes: as ``read`` gives them.
    """
    lines = [["", *columns], ["---", *[":-:" for _column in columns]]]
    for title in titles:
        row = outcomes.get(title, {})
        lines.append([title, *[row.get(column, "?") for column in columns]])
    table = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    return BETWEEN.sub(lambda _found: f"{BEGIN}\n{table}{END}", text)
