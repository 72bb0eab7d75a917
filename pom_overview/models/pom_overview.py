from datetime import date
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..tools.periods import PERIODS, bounds

#: What a row of figures is of, of those customers who are a group of their own.
GROUPS = ("consumer", "business")


class Scope(NamedTuple):
    """What somebody looks at.

    :param companies: of one currency
    :param period: a code of ``PERIODS``, and ``days``, its bounds; None: all there is
    :param group: one of ``GROUPS``, or the id of a tag; '' for all customers
    """

    companies: models.BaseModel
    today: date
    period: str
    days: tuple[date, date] | None
    group: str | int

    @property
    def currency(self):
        return self.companies[:1].currency_id


class PomOverview(models.AbstractModel):
    """The page *Payments → Overview*.

    What the page calls is here, and checks who calls; what it gets are sections of
    plain values: tiles and tables of texts in the user's language, numbers for the
    charts, and by each a ``door``, the name of the list behind it.
    """

    _name = "pom.overview"
    _description = "Overview of Payments"

    @api.model
    def load(self, asked=None) -> dict:
        """
        :param asked: ``company``, ``period`` and ``group``, as they were chosen
        :return: ``chosen`` and ``choices`` of each of these, and ``sections``
        """
        self._begin()
        scope = self._scope(asked)
        return {
            "chosen": {
                "company": scope.companies.id if len(scope.companies) == 1 else 0,
                "period": scope.period,
                "group": scope.group,
            },
            "choices": self._choices(scope),
            "sections": [one for make in self._sections() for one in make(scope)],
        }

    @api.model
    def load_open(self, asked=None) -> list[dict]:
        """The sections of what is open now: how each item stands, of which large books
        have many, and all that was ever booked; the page doesn't wait for it.
        """
        self._begin()
        scope = self._scope(asked)
        items = self._open_items(scope)
        return [self._money(scope, items), self._late(scope, items)]

    @api.model
    def open(self, door, asked=None) -> dict:
        """
        :param door: names of section, number, and row of it if it has rows
        :return: the action that shows what is behind a number
        :raises UserError: behind a door that there isn't, or isn't any more
        """
        self._check_reader()
        action = self._behind_door(self._scope(asked), door)
        if not action:
            raise UserError(
                self.env._("There is nothing behind this number: load the page again.")
            )
        return action

    @api.model
    def _behind_door(self, scope, door):
        """Whoever calls may have written any names.

        :rtype: dict | None
        """
        names = door if isinstance(door, list | tuple) else ()
        if len(names) not in (2, 3) or not all(
            type(name) in (str, int) for name in names
        ):
            return None
        section, name, row = (*names, "")[:3]
        show = self._doors().get(section)
        return show and show(scope, name, row)

    @api.model
    def _begin(self):
        self._check_reader()
        # To compile such queries takes PostgreSQL longer than to answer them; and what
        # it seeks is in memory: it needn't read a whole table to spare itself that.
        self.env.cr.execute(
            "SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;"
            " SET LOCAL work_mem = '32MB'"
        )

    @api.model
    def _check_reader(self):
        self.env["pom.debt.figure"].check_access("read")

    @api.model
    def _sections(self):
        """What makes the sections of the page, in this order. Hook."""
        return [
            self._to_do,
            self._money_to_come,
            self._speed,
            self._effort,
            self._late_to_come,
        ]

    @api.model
    def _money_to_come(self, _scope):
        return [self._to_come("money", self.env._("Money"))]

    @api.model
    def _late_to_come(self, _scope):
        return [self._to_come("late", self.env._("Top ten late"))]

    @api.model
    def _to_come(self, code, title):
        """In the place of a section of :meth:`load_open`."""
        return {
            "code": code,
            "title": title,
            "empty": self.env._("Adding up what is open…"),
            "tiles": [],
        }

    @api.model
    def _doors(self):
        """By the name of a section, what shows the records behind its numbers, given
        the names of a number and a row of it ('' where there is none). Hook.
        """
        return {
            "to_do": self._open_to_do,
            "money": self._open_money,
            "account": self._open_account,
            "history": self._open_history,
            "late": self._open_late,
        }

    # -- what is looked at -------------------------------------------------------------

    @api.model
    def _scope(self, asked):
        asked = asked if isinstance(asked, dict) else {}
        company = self.env.companies.filtered(lambda c: c.id == asked.get("company"))
        is_all = asked.get("company") == 0 and self._is_one_currency()
        companies = self.env.companies if is_all else company or self.env.company
        today = companies[:1]._pom_today()
        period = asked.get("period") if asked.get("period") in PERIODS else PERIODS[0]
        group = asked.get("group")
        is_known = group in GROUPS or isinstance(group, int)
        return Scope(
            companies, today, period, bounds(period, today), group if is_known else ""
        )

    @api.model
    def _is_one_currency(self):
        return len(self.env.companies.currency_id) == 1

    @api.model
    def _choices(self, scope):
        companies = [(one.id, one.name) for one in self.env.companies]
        if len(companies) > 1 and self._is_one_currency():
            companies.append((0, self.env._("All companies")))
        tags = self.env["res.partner.category"].search_fetch([], ["name"], limit=50)
        return {
            "company": companies,
            "period": [
                ("half", self.env._("Last six months")),
                ("month", self.env._("This month")),
                ("last_month", self.env._("Last month")),
                ("quarter", self.env._("Last three months")),
                ("twelve", self.env._("Last twelve months")),
                ("year", self.env._("This year")),
                ("all", self.env._("All")),
            ],
            "group": [
                ("", self.env._("All customers")),
                ("consumer", self.env._("Consumers")),
                ("business", self.env._("Businesses")),
                *((tag.id, tag.name) for tag in tags),
            ],
        }

    @api.model
    def _of_companies(self, scope):
        return Domain("company_id", "in", scope.companies.ids)

    @api.model
    def _of_group(self, scope, customer):
        """
        :param str customer: path of a field to the customer as a whole
        :rtype: Domain
        """
        if not scope.group:
            return Domain.TRUE
        if isinstance(scope.group, int):
            return Domain(f"{customer}.category_id", "in", [scope.group])
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(customer, "in", self._customers(company, scope.group))
            for company in scope.companies
        )

    @api.model
    def _customers(self, company, group):
        """Who is a business, or a consumer, to a company."""
        company_id = SQL("%s", company.id)
        is_business = self.env["res.company"]._pom_sql_business(company_id)
        is_meant = is_business if group == "business" else SQL("NOT %s", is_business)
        return SQL("SELECT debtor.id FROM res_partner debtor WHERE %s", is_meant)

    # -- what there is to do -----------------------------------------------------------

    @api.model
    def _to_do(self, scope):
        counts = self.env["pom.to.do"]._counts(scope.companies)
        section = {
            "code": "to_do",
            "title": self.env._("To do"),
            "empty": self.env._("Nothing waits for you."),
            "tiles": [
                self._tile(
                    task.label, self._text_count(count), ["to_do", code], tone="todo"
                )
                for code, (task, count) in counts.items()
                if count
            ],
        }
        return [section]

    @api.model
    def _open_to_do(self, scope, code, row):
        task = self.env["pom.to.do"]._tasks(scope.companies).get(code)
        if row or not task or not self.env["pom.to.do"]._is_mine(task):
            return None
        action = self.env["ir.actions.actions"]._for_xml_id(task.action)
        if action["type"] == "ir.actions.act_window":
            action.update(domain=task.domain, context={})
        return {**action, "name": task.label, "display_name": task.label}

    # -- texts -------------------------------------------------------------------------

    @api.model
    def _tile(self, label, text, door=None, **more):
        return {"label": label, "text": text, "door": door, **more}

    @api.model
    def _lying(self, cell, **series):
        """A chart of lying bars, of one column."""
        return {
            "kind": "bar",
            "is_lying": True,
            "series": [{"cell": cell, **series}],
        }

    @api.model
    def _cell(self, text, value=None, door=None):
        return {"text": text, "value": value, "door": door}

    @api.model
    def _text_money(self, scope, amount):
        # "-0.00" is nobody's debt.
        return scope.currency.format(scope.currency.round(float(amount)) or 0.0)

    @api.model
    def _text_percent(self, value):
        """A dash where there is nothing to be a part of."""
        if value is None:
            return "–"
        return self.env._("%s %%", formatLang(self.env, value, digits=0))

    @api.model
    def _text_days(self, days):
        if days is None:
            return "–"
        return self.env._("1 day") if days == 1 else self.env._("%s days", days)

    @api.model
    def _text_count(self, count):
        return formatLang(self.env, count, digits=0)

    @api.model
    def _action(self, model, name, domain, views="list,pivot,graph"):
        modes = views.split(",")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": views,
            "views": [(False, mode) for mode in modes],
            "domain": list(domain),
            "context": {},
        }
