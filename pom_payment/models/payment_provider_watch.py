from odoo import api, fields, models

#: Kind of the activity that reports it.
SILENCE = "pom_payment.mail_activity_silent"
#: So many payments of a day that no event told about, and none told: it's silent.
MISSED_EVENTS = 3
#: Whoever did nothing about it is told again after so many days.
REMIND_DAYS = 3


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    pom_silence_date = fields.Datetime(copy=False, readonly=True)

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

    def _pom_report_silence(self, count):
        """For each administrator of the company; not every hour."""
        if self.pom_silence_date and self.pom_silence_date > fields.Datetime.subtract(
            fields.Datetime.now(), days=REMIND_DAYS
        ):
            return
        self.pom_silence_date = fields.Datetime.now()
        administrators = self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active
            and not user.share
            and self.company_id in user.company_ids
        )
        partner = self.company_id.partner_id
        for user in administrators:
            partner.activity_schedule(
                SILENCE,
                summary=self.env._("%s: webhook is silent", self.name),
                note=self.env._(
                    "%(count)s payments of the last day were only found by asking "
                    "%(provider)s: no event arrives at %(url)s. Open the provider and "
                    "press Test Connection.",
                    count=count,
                    provider=self.name,
                    url=self.pom_webhook_url,
                ),
                user_id=user.id,
            )
