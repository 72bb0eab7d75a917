from odoo import api, fields, models

from ..utils import in_words_of

#: Kind of the activity that reports it.
SILENCE = "pom_payment.mail_activity_silent"
#: So many payments of a day that no event told about, and none told: it's silent.
MISSED_EVENTS = 3
#: Whoever did nothing about it is told again after so many days.
REMIND_DAYS = 3


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    pom_silence_date = fields.Datetime(copy=False, readonly=True)
    pom_key_until = fields.Date(
        string="Key Ends On",
        copy=False,
        groups="base.group_system",
        help="Its last day, where the provider gives keys one: administrators are told "
        "two weeks before.",
    )

    def action_pom_test_connection(self):
        """Say which of key, profile, webhook and clock is wrong."""
        self.ensure_one()
        self.check_access("write")
        return (
            self.env["pom.connection.test"]
            .create({"provider_id": self.id})
            .action_run()
        )

    def action_pom_view_events(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment.pom_webhook_event_action"
        )
        return {**action, "domain": [("provider_id", "=", self.id)]}

    @api.model
    def _pom_cron_watch(self):
        """Tell the administrator when a provider's webhook has gone silent."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        missed = self.env["payment.transaction"]._read_group(
            [("pom_found_by_sweep", "=", True), ("last_state_change", ">=", since)],
            ["provider_id"],
            ["__count"],
        )
        events = dict(
            self.env["pom.webhook.event"]._read_group(
                [("create_date", ">=", since)], ["provider_id"], ["__count"]
            )
        )
        for provider, count in missed:
            if count >= MISSED_EVENTS and not events.get(provider):
                provider._pom_report_silence(count)
        heard = self.browse(provider.id for provider in events)
        heard.filtered("pom_silence_date").pom_silence_date = False

    def _pom_report_silence(self, count):
        """For each administrator of the company; not every hour."""
        if self.pom_silence_date and self.pom_silence_date > fields.Datetime.subtract(
            fields.Datetime.now(), days=REMIND_DAYS
        ):
            return
        self.pom_silence_date = fields.Datetime.now()
        partner = self.company_id.partner_id
        for user in self.company_id._pom_administrators():
            told = in_words_of(self, self.company_id, user)
            partner.activity_schedule(
                SILENCE,
                summary=told.env._("%s: webhook is silent", told.name),
                note=told.env._(
                    "%(count)s payments of the last day were only found by asking "
                    "%(provider)s: no event arrives at %(url)s. Open the provider and "
                    "press Test Connection.",
                    count=count,
                    provider=told.name,
                    url=told.pom_webhook_url,
                ),
                user_id=user.id,
            )
