from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import split_every

from ..models.pom_reminder_planning import MOVE_FIELDS

#: Invoices that one dry run looks at.
MOST = 5000


class PomReminderTrial(models.TransientModel):
    """The dry run: what would become of every debt if some policies were followed from
    today on. No reminder is planned, no message made.
    """

    _name = "pom.reminder.trial"
    _description = "Dry Run of Reminders"

    setup_id = fields.Many2one("pom.reminder.setup", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_ids = fields.Many2many(
        "pom.reminder.policy", string="Policies", readonly=True
    )
    is_setup = fields.Boolean(
        readonly=True, help="Whether these are the policies of the set-up."
    )
    state = fields.Selection(related="setup_id.state")
    line_ids = fields.One2many("pom.reminder.trial.line", "trial_id", readonly=True)
    now_ids = fields.One2many(
        "pom.reminder.trial.line",
        "trial_id",
        domain=[("kind", "=", "now")],
        string="Messages",
        readonly=True,
    )
    later_ids = fields.One2many(
        "pom.reminder.trial.line",
        "trial_id",
        domain=[("kind", "=", "later")],
        string="Later",
        readonly=True,
    )
    left_out_ids = fields.One2many(
        "pom.reminder.trial.line",
        "trial_id",
        domain=[("kind", "=", "left_out")],
        string="Left Out",
        readonly=True,
    )
    is_cut = fields.Boolean(readonly=True)
    summary = fields.Text(compute="_compute_summary")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Dry Run")

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_summary(self):
        for trial in self:
            kinds = trial.line_ids.grouped("kind")
            nothing = trial.line_ids.browse()
            now = kinds.get("now", nothing)
            trial.summary = "\n".join(
                [
                    self.env._(
                        "Would be sent: %(messages)s, to %(customers)s.",
                        messages=trial._messages(len(now)),
                        customers=trial._customers(
                            len(now.partner_id.commercial_partner_id)
                        ),
                    ),
                    self.env._(
                        "Come later: %(later)s. Left out: %(left)s. Nothing has been "
                        "planned or sent.",
                        later=trial._invoices(kinds.get("later", nothing).move_ids),
                        left=trial._invoices(kinds.get("left_out", nothing).move_ids),
                    ),
                    *trial._about_left_out(kinds.get("left_out", nothing)),
                    *trial._about_cut(),
                ]
            )

    def _messages(self, count):
        return (
            self.env._("1 message") if count == 1 else self.env._("%s messages", count)
        )

    def _customers(self, count):
        return (
            self.env._("1 customer")
            if count == 1
            else self.env._("%s customers", count)
        )

    def _invoices(self, moves):
        count = len(moves)
        return (
            self.env._("1 invoice") if count == 1 else self.env._("%s invoices", count)
        )

    def _about_left_out(self, lines):
        """Why, the most frequent reason first: nobody has to open another tab to see
        what keeps all of them back.
        """
        found = sorted(
            lines.filtered("reason").grouped("reason").items(),
            key=lambda item: -len(item[1].move_ids),
        )
        if found:
            yield "; ".join(f"{why}: {len(left.move_ids)}" for why, left in found)

    def _about_cut(self):
        if self.is_cut:
            yield self.env._("Only the first %s invoices were looked at.", MOST)

    @api.model
    def _open(self, setup, policies, partner=None):
        """
        :param pom.reminder.setup setup: of the company
        :param pom.reminder.policy policies: to be tried; those of the set-up, or one
        :param res.partner partner: whose debts alone are looked at
        """
        company = setup.company_id
        followed = setup.consumer_policy_id | setup.business_policy_id
        is_setup = partner is None and policies == followed
        tried = setup if is_setup else partner is None and setup._as_if(policies)
        reminders = self.env["pom.reminder"].sudo().with_company(company)
        ids = self._candidates(reminders, company, partner)
        rows = self._rows(company, tried, ids[:MOST], policies if tried else None)
        trial = self.create(
            {
                "setup_id": setup.id,
                "company_id": company.id,
                "policy_ids": [Command.set(policies.ids)],
                "is_setup": is_setup,
                "is_cut": len(ids) > MOST,
                "line_ids": [Command.create(row) for row in rows],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dry Run"),
            "res_model": self._name,
            "res_id": trial.id,
            "view_mode": "form",
            "target": "current",
        }

    @api.model
    def _rows(self, company, tried, candidates, policies=None):
        """Values of the lines: of messages first, then of what comes later, then of
        what is left out.

        :param policies: of which alone is told; None for whatever is followed
        """
        reminders = self.env["pom.reminder"].sudo().with_company(company)
        today = company._pom_today()
        going, rows, askings = reminders.browse(), [], {}
        for ids in split_every(1000, candidates):
            moves = reminders.env["account.move"].search_fetch(
                [("id", "in", ids)], MOVE_FIELDS, order="id"
            )
            for known in reminders._known(moves, tried):
                if policies is None or known.policy in policies:
                    mine, others = self._look_at(reminders, known, today)
                    going += mine
                    askings.update((r.id, known.asking) for r in mine)
                    rows += others
        messages = [
            self._row_of_message(group, askings, today) for group in going._messages()
        ]
        # Those in memory are nobody's reminders.
        going.move_id.invalidate_recordset(["pom_reminder_ids"])
        return messages + sorted(rows, key=lambda row: row["kind"], reverse=True)

    @api.model
    def _candidates(self, reminders, company, partner):
        """Ids of the invoices to look at."""
        if not partner:
            _last, moves = reminders._candidates(company, 0, MOST + 1)
            return moves.ids
        moves = reminders.env["account.move"]
        return moves.search(
            moves._pom_with_open_part()
            & Domain("commercial_partner_id", "=", partner.id)
            & Domain("company_id", "=", company.id)
        ).ids

    # -- one invoice -------------------------------------------------------------------

    @api.model
    def _look_at(self, reminders, known, today):
        """
        :return: reminders in memory that would be sent now, and values of lines for
            the parts that wouldn't be
        """
        plan = reminders._decide(known, today, False)
        values = [*plan.new, *(values for _row, values in plan.keep)]
        going = reminders.browse()
        rows, told = [], set()
        for found in values:
            told.add(found["due_date"])
            if found["state"] == "left_out":
                words = reminders._words_of_silence(found["reason"], known.move)
                rows.append(self._row(known, found, "left_out", words))
            else:
                going += reminders.new(found)
        for day in known.asking.days():
            if day not in told:
                rows.append(self._row_of_waiting(reminders, known, day, today))
        return going, rows

    @api.model
    def _row_of_waiting(self, reminders, known, day, today):
        """Of a part whose time hasn't come, or that waits for something."""
        values, words = reminders._ahead(known, day, today)
        kind = "left_out" if words else "later"
        return self._row(known, values or {"due_date": day}, kind, words)

    @api.model
    def _row(self, known, values, kind, words):
        move, day = known.move, values["due_date"]
        is_later = kind == "later"
        return {
            "kind": kind,
            "partner_id": move.partner_id.id,
            "move_ids": [Command.set(move.ids)],
            "policy_id": known.policy.id,
            "level_id": values.get("level_id"),
            "channel": is_later and values["channel"],
            "planned_date": is_later and values["planned_date"],
            "due_date": day,
            "currency_id": move.currency_id.id,
            "amount": float(known.asking.open_of(day)),
            "reason": words,
        }

    # -- one message -------------------------------------------------------------------

    @api.model
    def _row_of_message(self, group, askings, today):
        values = group._delivery_values(askings, today)
        moves = values["moves"]
        parts = [
            self.env["pom.delivery"]._row_to_ask(move, part)
            for move in moves
            for part in values["parts"].get(move.id, ())
        ]
        partner = self.env["res.partner"].browse(values["partner_id"])
        copied = ("partner_id", "policy_id", "level_id", "variant_id", "channel",
                  "currency_id", "deadline", "fee", "interest", "penalty",
                  "first_move_ids")  # fmt: skip
        return {
            **{name: values[name] for name in copied if name in values},
            "kind": "now",
            "move_ids": [Command.set(moves.ids)],
            "parts": parts,
            "amount": self.env["pom.delivery"]._sum(parts),
            "due_date": min(group.mapped("due_date")),
            "planned_date": today,
            "address": partner.sudo()._pom_address(values["channel"]),
        }

    # -- actions -----------------------------------------------------------------------

    def action_start(self):
        self.ensure_one()
        self.check_access("write")
        return self.setup_id.action_start()

    def action_back(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["pom.reminder.setup"].action_open()
