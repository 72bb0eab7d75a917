from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.tools import SQL

#: Where an invoice to oneself comes from, and what it asks.
ORIGIN = "POM"
AMOUNT = 1.0


class Step(NamedTuple):
    """
    :param facts: model and domain each: a record of any of them tells that it is done.
    :param label: what there is to do, translated.
    :param advice: what it is for, translated.
    :param action: external id of the action where it's done; '' for an invoice.
    :param group: external id of the one that may do it.
    """

    facts: list[tuple[str, list]]
    label: str
    advice: str
    action: str
    group: str = "account.group_account_manager"


class PomFirstStep(models.TransientModel):
    """What there is to do from installing to the first invoice that is paid: a line
    each, which looks for itself whether it's done. An addon adds what it needs.
    """

    _name = "pom.first.step"
    _description = "First Step"
    _order = "id"
    _rec_name = "code"

    code = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    label = fields.Char(string="Step", compute="_compute_words")
    advice = fields.Char(string="What For", compute="_compute_words")
    is_mine = fields.Boolean(string="May Be Done by You", compute="_compute_words")
    is_done = fields.Boolean(string="Done", compute="_compute_is_done")

    @api.depends("code", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_words(self):
        known = {company: self._steps(company) for company in self.company_id}
        for step in self:
            told = known[step.company_id].get(step.code)
            step.label = told.label if told else step.code
            step.advice = told and told.advice
            step.is_mine = told and self.env.user.has_group(told.group)

    @api.depends("code", "company_id")
    def _compute_is_done(self):
        done = self._done(self.company_id) if self else {}
        for step in self:
            step.is_done = done[step.company_id.id].get(step.code)

    @api.model
    def _steps(self, company):
        """In the order in which they are done. Hook.

        :rtype: dict[str, Step]
        """
        return {**self._steps_of_system(company), **self._steps_of_payment(company)}

    def _steps_of_system(self, company):
        """What only administrators of the system may do."""
        me, system = ("id", "=", company.id), "base.group_system"
        settings = "account.action_account_config"
        ours = ["|", ("uses_default_logo", "=", False), ("pom_page_color", "!=", False)]
        return {
            "address": Step(
                [("res.company", [me, ("pom_base_url", "!=", False)])],
                self.env._("Public address"),
                self.env._("Debtors see it in each link and each code."),
                settings,
                system,
            ),
            "provider": Step(
                self._proofs(company),
                self.env._("Payment provider"),
                self.env._("Enter its keys, switch it on, and press Test Connection."),
                "payment.action_payment_provider",
                system,
            ),
            "look": Step(
                [("res.company", [me, *ours])],
                self.env._("Look of the page"),
                self.env._("Your logo and your colour: debtors know you by them."),
                settings,
                system,
            ),
        }

    def _proofs(self, company):
        """That what is offered works: an event was believed and applied, as after Test
        Connection, or somebody has paid.
        """
        offered = [
            ("company_id", "in", company.parent_ids.ids),
            ("state", "in", ("enabled", "test")),
            ("is_published", "=", True),
        ]
        # As numbers: a subquery may have all events read, whoever's they are.
        providers = self.env["payment.provider"].sudo().search(offered)
        done = [("provider_id", "in", providers.ids), ("state", "=", "done")]
        return [
            ("pom.webhook.event", done),
            ("payment.transaction", [*self._paid(company), *done]),
        ]

    def _paid(self, company):
        return [("company_id", "in", company.parent_ids.ids), ("state", "=", "done")]

    def _steps_of_payment(self, company):
        """What proves that all of it works."""
        paid = [*self._paid(company), ("invoice_ids", "!=", False)]
        return {
            "invoice": Step(
                [("payment.transaction", paid)],
                self.env._("An invoice to yourself, paid"),
                self.env._(
                    "Makes one of 1.00 and opens its page: pay it, with your phone, "
                    "say. A credit note takes it back."
                ),
                "",
            ),
        }

    @api.model
    def _done(self, companies):
        """Whether each is done: all facts are asked for in one query.

        :rtype: dict[int, dict[str, bool]]
        """
        rows = [
            SQL("(%s, %s, %s)", company.id, code, self._is_told(step))
            for company in companies
            for code, step in self._steps(company).items()
        ]
        done = {company.id: {} for company in companies}
        found = self.env.execute_query(SQL("VALUES %s", SQL(", ").join(rows)))
        for company_id, code, is_done in found:
            done[company_id][code] = is_done
        return done

    def _is_told(self, step):
        """
        :rtype: SQL
        """
        queries = [
            self.env[model].sudo()._search(domain).subselect("1")
            for model, domain in step.facts
        ]
        return SQL(" OR ").join(SQL("EXISTS %s", query) for query in queries)

    @api.autovacuum
    def _put_away(self, companies=None):
        """Where all is done the dashboard needn't look any more."""
        if companies is None:
            unknown = [("pom_knows_first_steps", "=", False)]
            companies = self.env["res.company"].search(unknown)
        companies = companies.filtered(
            lambda company: not company.pom_knows_first_steps
        )
        if not companies:
            return
        done = self._done(companies)
        known = companies.filtered(lambda company: all(done[company.id].values()))
        known.sudo().pom_knows_first_steps = True

    @api.model
    def _look(self):
        """Look now, and show the list."""
        company = self.env.company
        steps = self.create(
            [{"code": code, "company_id": company.id} for code in self._steps(company)]
        )
        self._put_away(company)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment.pom_first_step_action"
        )
        return {**action, "domain": [("id", "in", steps.ids)]}

    def action_go(self):
        """Where it's done."""
        self.ensure_one()
        self.check_access("read")
        told = self._steps(self.company_id).get(self.code)
        if not told:
            return False
        if not told.action:
            return self._invoice().action_pom_open_page()
        return self.env["ir.actions.actions"]._for_xml_id(told.action)

    def _invoice(self):
        """To who asks for it: the one that's open, or another."""
        moves = self.env["account.move"].with_company(self.company_id)
        me = self._me()
        move = moves.search(
            [
                ("invoice_origin", "=", ORIGIN),
                ("partner_id", "=", me.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
            ],
            limit=1,
        )
        if not move:
            line = {"name": self.env._("Test"), "price_unit": AMOUNT, "tax_ids": [(5,)]}
            move = moves.create(
                {
                    "move_type": "out_invoice",
                    "partner_id": me.id,
                    "invoice_origin": ORIGIN,
                    "invoice_line_ids": [Command.create(line)],
                }
            )
            move.action_post()
        return move

    def _me(self):
        """The user, or the company itself where the user is a contact of another."""
        me, company = self.env.user.partner_id, self.company_id
        is_elsewhere = me.company_id and me.company_id != company
        return company.partner_id if is_elsewhere else me
