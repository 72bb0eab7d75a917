from odoo import api, fields, models

from ..tools.channels import CHANNELS

#: Messages that ask for money: not one of them may leave once there is none to ask.
ASKING = ("reminder", "asked")
#: Why one didn't arrive: it waited for a person for too long.
UNSENT = "unsent"


def choose_channel(model):
    """Ways to choose from, those that other addons add too."""
    field = model.env["pom.delivery"]._fields["channel"]
    return field._description_selection(model.env)


class PomDelivery(models.Model):
    """Messages that remind: of which level they are, and what becomes of their
    reminders.
    """

    _inherit = "pom.delivery"

    kind = fields.Selection(
        selection_add=[
            ("invoice",),
            ("reminder", "Reminder"),
            ("asked", "Reminder as asked"),
            ("thanks",),
            ("confirmation",),
            ("handover", "Hand-over"),
        ],
        ondelete=dict.fromkeys(("reminder", "asked", "handover"), "cascade"),
    )
    channel = fields.Selection(
        selection_add=[("collector", CHANNELS["collector"].label)],
        ondelete={"collector": "cascade"},
    )
    first_move_ids = fields.Many2many(
        "account.move",
        "pom_delivery_first_move_rel",
        string="Invoices Asked For the First Time",
        readonly=True,
    )
    on_top = fields.Json(
        readonly=True,
        help="What is asked on top of each invoice: by its id, costs, interest and "
        "compensation.",
    )
    policy_id = fields.Many2one(
        "pom.reminder.policy", readonly=True, ondelete="set null"
    )
    level_id = fields.Many2one(
        "pom.reminder.policy.level", readonly=True, ondelete="set null"
    )
    variant_id = fields.Many2one(
        "pom.ab.variant", readonly=True, ondelete="set null", index="btree_not_null"
    )
    page_variant_id = fields.Many2one(
        "pom.ab.variant", readonly=True, ondelete="set null", index="btree_not_null"
    )
    instead_of_id = fields.Many2one(
        "pom.delivery",
        string="Instead Of",
        readonly=True,
        ondelete="set null",
        help="The message by another channel that didn't arrive or wasn't looked at.",
    )
    reminder_ids = fields.One2many("pom.reminder", "delivery_id", string="Reminders")

    @api.model
    def _failures(self):
        # EXTENDS 'pom_message'
        unsent = self.env._("Nobody sent it in time: the policy went on without it.")
        return {**super()._failures(), UNSENT: unsent}

    @api.model
    def _channels(self):
        # EXTENDS 'pom_message'
        return {**super()._channels(), **CHANNELS}

    @api.model
    def _asking_kinds(self):
        # EXTENDS 'pom_message'
        return (*super()._asking_kinds(), *ASKING)

    @api.model
    def _ask(self, asked):
        # EXTENDS 'pom_message': what is tried on whom.
        tests = self.env["pom.ab.test"].sudo()
        companies = self.env["res.company"]
        tried = []
        for values in asked:
            company = companies.browse(values["company_id"])
            debtor = values["moves"].commercial_partner_id[:1]
            page = tests._running("page", company)._pick(debtor)
            variants = {"page_variant_id": page.id}
            if values["kind"] == "invoice":
                variants["variant_id"] = (
                    tests._running("invoice", company)._pick(debtor).id
                )
            tried.append({**values, **variants})
        return super()._ask(tried)

    def _mail_subject(self, subject):
        # EXTENDS 'pom_message': that of the variant, else as whoever sends wrote it.
        return self.subject if self.variant_id.subject else subject

    def _date_today(self):
        # EXTENDS 'pom_message': the terms run from that day.
        super()._date_today()
        if self.kind != "reminder":
            return
        if self.deadline:
            today = self.company_id._pom_today()
            rule = self.policy_id._rule()
            self.deadline = rule.last_free_day(today, on_paper=True)
        self.write(self.with_context(lang=self.lang)._words())

    # -- what became of it -------------------------------------------------------------

    def _after_sent(self, day):
        # EXTENDS 'pom_message'
        super()._after_sent(day)
        self.reminder_ids.write({"done_date": day})

    def _after_lost(self, day):
        # EXTENDS 'pom_message': the next channel is tried at the next occasion.
        super()._after_lost(day)
        self.reminder_ids.filtered(lambda reminder: reminder.state == "sent").write(
            {"check_date": day, "done_date": day}
        )

    # -- before it leaves --------------------------------------------------------------

    def _overtaken(self):
        # EXTENDS 'pom_message'
        overtaken = super()._overtaken()
        asking = self.filtered(lambda delivery: delivery.kind in ASKING)
        for kind, deliveries in asking.grouped("kind").items():
            askings = deliveries._askings(kind)
            overtaken += deliveries.filtered(
                lambda delivery, now=askings: delivery._is_overtaken(now)
            )
        return overtaken

    def _askings(self, kind):
        """How what these messages ask may be asked now; who wants to be reminded, is.

        :rtype: dict[int, Asking]
        """
        return self.move_ids._pom_askings(as_wished=kind == "asked")

    def _is_overtaken(self, askings):
        return (
            self.company_id.pom_reminders_stopped
            or self._is_dead()
            or any(askings[r.move_id.id].silence(r.due_date) for r in self.reminder_ids)
            or any(self._has_changed(move, askings[move.id]) for move in self.move_ids)
        )

    def _has_changed(self, move, asking):
        """Whether another amount would be asked of this invoice now."""
        rows = [row for row in self._rows() if row[0] == move]
        last = max((day for _move, day, _amount in rows), default=None)
        now = float(asking.up_to(last)) if last and not asking.standing.silence else 0
        return move.currency_id.compare_amounts(now, sum(row[2] for row in rows)) != 0

    def _note_overtaken(self):
        # EXTENDS 'pom_message': their reminders are decided on anew.
        super()._note_overtaken()
        for kind, deliveries in self.grouped("kind").items():
            asked = deliveries.reminder_ids.filtered(lambda r: r.state == "sent")
            askings = deliveries._askings(kind) if asked else {}
            for reason, reminders in asked.grouped(
                lambda r, now=askings: now[r.move_id.id].silence(r.due_date)
            ).items():
                reminders.write(
                    {
                        "state": "left_out" if reason else "approved",
                        "reason": reason,
                        "done_date": False,
                        "check_date": False,
                    }
                )
