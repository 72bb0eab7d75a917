from datetime import date

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE, NOTED

from ..tools.periods import first_of
from ..tools.speed import Speed, by_key, percent
from .pom_debt_figure_cells import AMOUNTS, NEEDED, SUMS

#: By what payment is told apart, and which column says so.
SPLITS = {"channel": "asked_channel", "way": "way", "lang": "lang"}
#: Steps from asking to being paid, and who took them.
FUNNEL = {
    "asked": Domain("asked_date", "!=", False),
    "seen": Domain("asked_date", "!=", False) & Domain("seen_date", "!=", False),
    "begun": Domain("asked_date", "!=", False) & Domain("begun_date", "!=", False),
    "paid": Domain("asked_date", "!=", False) & Domain("paid_date", "!=", False),
}


class PomOverview(models.AbstractModel):
    """What became of the invoices of a period: a part that a credit note settled isn't
    among them, since nobody was to pay it.
    """

    _inherit = "pom.overview"

    @api.model
    def _of_period(self, scope):
        """
        :rtype: Domain
        """
        invoices = self._of_companies(scope) & (
            Domain("way", "=", False) | Domain("way", "!=", CREDIT_NOTE)
        )
        if scope.days:
            first, last = scope.days
            invoices &= Domain("invoice_date", ">=", first)
            invoices &= Domain("invoice_date", "<=", last)
        if scope.group in ("consumer", "business"):
            return invoices & Domain("group", "=", scope.group)
        return invoices & self._of_group(scope, "partner_id")

    @api.model
    def _rows_of_period(self, scope, *columns):
        """A query of some columns of the rows of a period."""
        figures = self.env["pom.debt.figure"]
        query = figures._search(self._of_period(scope))
        return query.select(
            *(
                SQL(
                    "%s AS %s",
                    figures._field_to_sql(figures._table, name, query),
                    SQL.identifier(name),
                )
                for name in columns
            )
        )

    @api.model
    def _sums(self, scope):
        """A query of sums over the rows of a period."""
        figures = self.env["pom.debt.figure"]
        if isinstance(scope.group, int) or not figures._is_kept():
            return figures._query_cells(self._rows_of_period(scope, *NEEDED))
        self.env.flush_all()
        first, last = scope.days or (date.min, date.max)
        return SQL(
            """SELECT * FROM (%s) cell
                WHERE company_id IN %s AND day BETWEEN %s AND %s AND %s""",
            figures._kept_cells(),
            tuple(scope.companies.ids),
            first,
            last,
            SQL('"group" = %s', scope.group) if scope.group else SQL("TRUE"),
        )

    # -- speed -------------------------------------------------------------------------

    @api.model
    def _speeds(self, scope):
        """How fast it went: of all, by month, channel, way and language.

        :rtype: dict[tuple, Speed]
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH cell AS (
                     SELECT *, date_trunc('month', day)::date AS month
                       FROM (%(cells)s) cell)
                SELECT GROUPING(month, asked_channel, way, lang),
                       month, asked_channel, way, lang, days_to_pay,
                       SUM(parts)::int,
                       SUM(CASE WHEN due_date < %(today)s
                                THEN parts ELSE paid END)::int,
                       SUM(on_time)::int, SUM(asked)::int, SUM(quick)::int
                  FROM cell
              GROUP BY GROUPING SETS (
                       (days_to_pay), (month, days_to_pay),
                       (asked_channel, days_to_pay), (way, days_to_pay),
                       (lang, days_to_pay))
                HAVING SUM(parts) > 0
                """,
                cells=self._sums(scope),
                today=scope.today,
            )
        )
        # GROUPING has a bit for each column that a row isn't about, the last lowest.
        splits = {7: ("month", 1), 11: ("channel", 2), 13: ("way", 3), 14: ("lang", 4)}
        return by_key(
            (self._key(splits, row), *row[5:]) for row in rows if self._key(splits, row)
        )

    @api.model
    def _key(self, splits, row):
        """None for what isn't said: of those who weren't asked, or didn't pay, such as
        of what was settled without money.
        """
        if row[0] == 15:
            return ("all",)
        name, column = splits[row[0]]
        return (name, row[column]) if row[column] not in (None, NOTED) else None

    @api.model
    def _speed(self, scope):
        speeds = self._speeds(scope)
        whole = speeds.get(("all",), Speed())
        days, door = self._text_days(whole.median), ["history", "all"]
        on_time, quick = self._shares(whole)
        section = {
            "code": "speed",
            "title": self.env._("Speed"),
            "hint": self._speed_hint(),
            "tiles": [
                self._tile(self.env._("Median days to pay"), days, door),
                self._tile(self.env._("Paid in time"), on_time, ["history", "on_time"]),
                self._tile(
                    self.env._("Paid within a day of asking"),
                    quick,
                    ["history", "quick"],
                ),
            ],
            "tables": [self._trend(speeds), *self._splits(speeds)],
        }
        return [section]

    @api.model
    def _speed_hint(self):
        return self.env._(
            "Of the period's invoices, part by part. Days: half of them were paid "
            "within so many days of the invoice, and those that aren't paid yet "
            "count as slower than all."
        )

    @api.model
    def _shares(self, speed):
        return (
            self._text_percent(percent(speed.on_time, speed.ripe)),
            self._text_percent(percent(speed.quick, speed.asked)),
        )

    @api.model
    def _trend(self, speeds):
        months = sorted(key[1] for key in speeds if key[0] == "month")
        rows = [
            self._speed_row(
                format_date(self.env, month, date_format="MMM yyyy"),
                speeds["month", month],
                ["history", "month", month.isoformat()],
            )
            for month in months
        ]
        series = [
            {"cell": 1, "label": self.env._("Median days"), "kind": "line"},
            {"cell": 2, "label": self.env._("In time (%)"), "axis": "percent"},
        ]
        title = self.env._("By month of the invoice")
        chart = {"kind": "bar", "series": series}
        return self._speed_table("month", title, self.env._("Month"), rows, chart)

    @api.model
    def _splits(self, speeds):
        titles = {
            "channel": (self.env._("By first channel"), self.env._("Channel")),
            "way": (self.env._("By way of paying"), self.env._("Way")),
            "lang": (self.env._("By language"), self.env._("Language")),
        }
        labels = {
            "channel": self._labels("asked_channel"),
            "way": self._labels("way"),
            # As its speakers call it.
            "lang": {
                code: name.rpartition(" / ")[2]
                for code, name in self.env["res.lang"].get_installed()
            },
        }
        tables = []
        for split, (title, column) in titles.items():
            found = [key for key in speeds if key[0] == split]
            found.sort(key=lambda key: -speeds[key].count)
            rows = [
                self._speed_row(
                    labels[split].get(key[1], key[1]),
                    speeds[key],
                    ["history", split, key[1]],
                )
                for key in found
            ]
            chart = self._lying(1, label=self.env._("Median days"))
            tables.append(self._speed_table(split, title, column, rows, chart))
        return tables

    @api.model
    def _labels(self, name):
        field = self.env["pom.debt.figure"]._fields[name]
        return dict(field._description_selection(self.env))

    @api.model
    def _speed_row(self, label, speed, door):
        on_time, quick = self._shares(speed)
        ripe = percent(speed.on_time, speed.ripe)
        return {
            "label": label,
            "door": door,
            "cells": [
                self._cell(self._text_count(speed.count), speed.count, door),
                self._cell(self._text_days(speed.median), speed.median),
                self._cell(on_time, ripe),
                self._cell(quick, percent(speed.quick, speed.asked)),
            ],
        }

    @api.model
    def _speed_table(self, code, title, column, rows, chart):
        columns = [
            column,
            self.env._("Parts"),
            self.env._("Median"),
            self.env._("In time"),
            self.env._("Within a day"),
        ]
        table = {"code": code, "title": title, "columns": columns, "rows": rows}
        return {**table, "chart": chart}

    # -- reminders and funnel ----------------------------------------------------------

    @api.model
    def _totals(self, scope):
        """Counts and sums over the rows of a period.

        :rtype: dict
        """
        sums = [
            SQL(
                "COALESCE(SUM(%s), 0)::%s AS %s",
                SQL.identifier(name),
                SQL("numeric" if name in AMOUNTS else "int"),
                SQL.identifier(name),
            )
            for name in SUMS
        ]
        query = SQL("SELECT %s FROM (%s) cell", SQL(", ").join(sums), self._sums(scope))
        return self.env.execute_query_dict(query)[0]

    @api.model
    def _effort(self, scope):
        totals = self._totals(scope)
        return [self._reminders(scope, totals), self._funnel(totals)]

    @api.model
    def _reminders(self, scope, totals):
        per_hundred = percent(totals["reminders"], totals["invoices"])
        unreminded = percent(totals["paid_unreminded"], totals["paid"])
        text = "–" if per_hundred is None else self._text_count(per_hundred)
        recovered = self._text_money(scope, totals["recovered"])
        claimed = self._text_money(scope, totals["claimed"])
        tiles = {
            "reminded": (self.env._("Reminders per 100 invoices"), text),
            "unreminded": (
                self.env._("Paid without a reminder"),
                self._text_percent(unreminded),
            ),
            "recovered": (self.env._("Came in after a reminder"), recovered),
            "claimed": (self.env._("Asked on top"), claimed),
        }
        return {
            "code": "reminders",
            "title": self.env._("Fewer reminders"),
            "tiles": [
                *(
                    self._tile(label, text, ["history", code])
                    for code, (label, text) in tiles.items()
                ),
                *self._cost_tiles(scope, totals["recovered"]),
            ],
        }

    @api.model
    def _funnel(self, totals):
        steps = {
            "asked": (self.env._("Asked"), totals["asked"]),
            "seen": (self.env._("Seen on the page"), totals["seen"]),
            "begun": (self.env._("Begun on the page"), totals["begun"]),
            "paid": (self.env._("Paid, whichever way"), totals["asked_paid"]),
        }
        rows = []
        for code, (label, count) in steps.items():
            share, door = percent(count, totals["asked"]), ["history", code]
            cells = [
                self._cell(self._text_count(count), count, door),
                self._cell(self._text_percent(share), share),
            ]
            rows.append({"label": label, "door": door, "cells": cells})
        return {
            "code": "funnel",
            "title": self.env._("From asking to money"),
            "hint": self.env._(
                "Who pays by bank transfer from the invoice needs not see the page."
            ),
            "tables": [
                {
                    "code": "funnel",
                    "title": self.env._("Parts that were asked"),
                    "columns": [
                        self.env._("Step"),
                        self.env._("Parts"),
                        self.env._("Of those asked"),
                    ],
                    "rows": rows,
                    "chart": self._lying(0),
                }
            ],
        }

    @api.model
    def _open_history(self, scope, code, key):
        domain = self._behind(code, key)
        if domain is None:
            return None
        rows = self._of_period(scope) & domain
        name = self.env._("Figures of invoices")
        return self._action("pom.debt.figure", name, rows)

    @api.model
    def _behind(self, code, key):
        """
        :rtype: Domain | None
        """
        if code in SPLITS:
            return Domain(SPLITS[code], "=", key) if key else None
        if code == "month":
            return self._behind_month(key)
        known = {
            "all": Domain.TRUE,
            "on_time": Domain("is_on_time", "=", True),
            "quick": Domain("is_quick", "=", True),
            "reminded": Domain("reminders", ">", 0),
            "cost": Domain("reminders", ">", 0),
            "unreminded": Domain("paid_date", "!=", False)
            & Domain("reminders", "=", 0),
            "recovered": Domain("paid_date", "!=", False) & Domain("reminders", ">", 0),
            "claimed": Domain("claimed", ">", 0),
            **FUNNEL,
        }
        return known.get(code) if not key else None

    @api.model
    def _behind_month(self, key):
        try:
            first = first_of(date.fromisoformat(key))
        except (TypeError, ValueError):
            return None
        since = Domain("invoice_date", ">=", first.isoformat())
        return since & Domain("invoice_date", "<", first_of(first, -1).isoformat())
