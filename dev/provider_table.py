"""What ``dev/provider-check`` prints, and the table that it writes into README."""

import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.odoo.conformance import going_back, paying, people, table  # noqa: E402, F401
from tests.odoo.conformance.situation import SITUATIONS  # noqa: E402


def main(out: str, *options: str) -> int:
    """
    :return: 1 when a promise isn't kept by a provider of ours
    """
    rows = [json.loads(line) for line in Path(out).read_text().splitlines()]
    for column, title, outcome, trace in sorted(rows, key=lambda row: row[0]):
        print(f"{outcome:3} {column}: {title}")
        if trace:
            print("    " + trace.strip().replace("\n", "\n    "))
    if "--write" in options:
        write(rows)
    ours = {table.COLUMNS[code] for code in table.OURS}
    return int(any(row[0] in ours and row[2] == table.FAILS for row in rows))


def write(rows):
    text = table.README.read_text()
    outcomes = defaultdict(dict, table.read(text))
    for column, title, outcome, _trace in rows:
        outcomes[title][column] = outcome
    titles = [situation.title for situation in SITUATIONS.values()]
    columns = list(table.COLUMNS.values())
    table.README.write_text(table.write(text, titles, columns, outcomes))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
