from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.trouble import Check, Finding

#: What is due for so long and not done is due to nobody doing it.
LATE_EVENTS = timedelta(minutes=15)
LATE_CRONS = timedelta(hours=1)
#: Whoever makes a key wants to know so long before it ends.
BEFORE_KEYS_END = timedelta(days=14)
#: Scheduled actions of ours, and Odoo's that sends what we write.
CRONS = r"""(
    SELECT res_id FROM ir_model_data
     WHERE model = 'ir.cron'
       AND (module LIKE 'pom\_%%' OR name = 'ir_cron_mail_scheduler_action'))"""
#: Makes the list anew; what is still there keeps its number, for who has it open.
KEEP = """
    INSERT INTO pom_trouble (code, company_id, count, since, create_date, write_date)
    SELECT code, company_id, count, since, %(now)s, %(now)s
      FROM unnest(%(codes)s::text[], %(companies)s::int[], %(counts)s::int[],
                  %(since)s::timestamp[])
        AS found (code, company_id, count, since)
    ON CONFLICT (code, coalesce(company_id, 0))
    DO UPDATE SET count = excluded.count, since = excluded.since,
                  write_date = excluded.write_date
    RETURNING id"""


class PomTrouble(models.Model):
    """What needs an administrator: one line for each company and thing that is wrong,
    as long as it is. An addon adds what may be wrong with what it does.
    """

    _name = "pom.trouble"
    _description = "What Needs an Administrator"
    _order = "since, id"
    _rec_name = "code"

    code = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    count = fields.Integer(string="How Many", readonly=True)
    since = fields.Datetime(readonly=True)
    label = fields.Char(string="What Is Wrong", compute="_compute_words")
    advice = fields.Char(string="What to Do", compute="_compute_words")
    stops = fields.Boolean(string="Stands Still", compute="_compute_words")

    _once_idx = models.UniqueIndex("(code, coalesce(company_id, 0))")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_words(self):
        checks = self._checks()
        for trouble in self:
            check = checks.get(trouble.code)
            trouble.label = check.label if check else trouble.code
            trouble.advice = check.advice if check else False
            trouble.stops = check.stops if check else False

    # -- what may be wrong -------------------------------------------------------------

    @api.model
    def _checks(self):
        """What may be wrong, in the order of urgency. Each is asked for every minute by
        some monitor: a few rows of an index, or a small table. Hook.

        :rtype: dict[str, Check]
        """
        return {
            **self._checks_of_crons(),
            **self._checks_of_events(),
            **self._checks_of_payments(),
        }

    def _checks_of_crons(self):
        """Whether the machinery turns at all."""
        now = fields.Datetime.now()
        ours = ("id", "in", SQL(CRONS))
        action = "base.ir_cron_act"
        return {
            "actions_late": Check(
                "ir.cron",
                [ours, ("active", "=", True), ("nextcall", "<", now - LATE_CRONS)],
                action,
                self.env._("Scheduled actions don't run"),
                self.env._(
                    "Start Odoo with --max-cron-threads of 1 or more, and look into "
                    "its log."
                ),
                "nextcall",
                company="",
                stops=True,
            ),
            "actions_failing": Check(
                "ir.cron",
                [ours, ("failure_count", ">", 0)],
                action,
                self.env._("Scheduled actions that fail"),
                self.env._(
                    "The log says why. Odoo switches off what fails for a week."
                ),
                "first_failure_date",
                company="",
            ),
            "actions_off": Check(
                "ir.cron",
                [ours, ("active", "=", False)],
                action,
                self.env._("Scheduled actions that are switched off"),
                self.env._("Switch them on, or archive what they are for."),
                "write_date",
                company="",
            ),
        }

    def _checks_of_events(self):
        """Whether what providers tell is applied."""
        now = fields.Datetime.now()
        return {
            "events_late": Check(
                "pom.webhook.event",
                [("state", "=", "new"), ("next_try", "<", now - LATE_EVENTS)],
                "pom_payment.pom_webhook_event_action",
                self.env._("Provider events that wait to be applied"),
                self.env._(
                    "Scheduled actions don't run, or there are too few of them."
                ),
                "next_try",
                stops=True,
            ),
            "events_given_up": Check(
                "pom.webhook.event",
                [("state", "=", "dead")],
                "pom_payment.pom_webhook_event_action",
                self.env._("Provider events that were given up"),
                self.env._("Put right what each says, then press Apply Again."),
            ),
        }

    def _checks_of_payments(self):
        """Whether it reaches the books, and will go on doing so."""
        soon = (fields.Datetime.now() + BEFORE_KEYS_END).date()
        return {
            "payments_unbooked": Check(
                "payment.transaction",
                [("pom_booking_error", "!=", False)],
                "payment.action_payment_transaction",
                self.env._("Payments that can't be booked"),
                self.env._("Put right what each says, then press Book Now."),
                "last_state_change",
            ),
            "webhooks_silent": Check(
                "payment.provider",
                [("pom_silence_date", "!=", False), ("state", "!=", "disabled")],
                "payment.action_payment_provider",
                self.env._("Providers whose webhook is silent"),
                self.env._("Open the provider and press Test Connection."),
                "pom_silence_date",
            ),
            "keys_ending": Check(
                "payment.provider",
                [("pom_key_until", "<=", soon), ("state", "!=", "disabled")],
                "payment.action_payment_provider",
                self.env._("Keys that end soon, or have"),
                self.env._("Make a new key at the provider, and note its last day."),
                "pom_key_until",
            ),
        }

    # -- looking -----------------------------------------------------------------------

    @api.model
    def _find(self):
        """Look once, at all companies.

        :return: checks, and what was found
        :rtype: tuple[dict[str, Check], list[Finding]]
        """
        checks = self._checks()
        return checks, [
            finding
            for code, check in checks.items()
            for finding in self._find_of(code, check)
        ]

    def _find_of(self, code, check):
        rows = (
            self.env[check.model]
            .sudo()
            .with_context(active_test=False)
            ._read_group(
                check.domain,
                [check.company] if check.company else [],
                ["__count", f"{check.since}:min"],
            )
        )
        for *company, count, since in rows:
            if count:
                company_id = company[0].id if company and company[0] else None
                yield Finding(code, company_id, count, _moment(since))

    @api.model
    def _refresh(self):
        """Make the list as it is now."""
        _checks, found = self._find()
        self.env.cr.execute(
            SQL(
                KEEP,
                now=fields.Datetime.now(),
                codes=[one.code for one in found],
                companies=[one.company_id for one in found],
                counts=[one.count for one in found],
                since=[one.since for one in found],
            )
        )
        there = [row[0] for row in self.env.cr.fetchall()]
        self.invalidate_model()
        self.sudo().search([("id", "not in", there)]).unlink()

    @api.model
    def action_look(self):
        """Look now, and show the list."""
        self.check_access("read")
        self.sudo()._refresh()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment.pom_trouble_action"
        )

    def action_open(self):
        """Show the records that it's about."""
        self.ensure_one()
        self.check_access("read")
        check = self._checks()[self.code]
        action = self.env["ir.actions.actions"]._for_xml_id(check.action)
        mine = []
        if check.company and self.company_id:
            mine = [(check.company, "=", self.company_id.id)]
        records = self.env[check.model].with_context(active_test=False)
        ids = records.search([*check.domain, *mine]).ids
        return {
            **action,
            "name": check.label,
            "display_name": check.label,
            "domain": [("id", "in", ids)],
            "context": {"active_test": False, "create": False},
        }


def _moment(since):
    """A day begins at midnight."""
    if since and not isinstance(since, datetime):
        return datetime.combine(since, time())
    return since or None
