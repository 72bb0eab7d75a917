from datetime import timedelta

from markupsafe import escape

from odoo import api, fields, models

#: A system that fails for so long is reported.
TELL_AFTER = timedelta(days=1)
#: That a system takes messages is noted once in so long: it may take hundreds a second,
#: of several senders.
NOTED_EVERY = timedelta(minutes=1)


class PomSubscriber(models.Model):
    """Whether a third system takes what it's told, and who hears when it doesn't."""

    _inherit = "pom.subscriber"

    last_success = fields.Datetime(string="Last Acknowledged", readonly=True)
    failing_since = fields.Datetime(readonly=True)
    failures = fields.Integer(readonly=True, help="In a row.")
    paused_until = fields.Datetime(
        string="Tried Again",
        readonly=True,
        help="It didn't take a message: until then none is sent.",
    )
    is_told = fields.Boolean(
        readonly=True, help="Whether the administrators know that it fails."
    )

    def _note_success(self, moment):
        for subscriber in self.filtered(lambda one: one._is_news(moment)):
            subscriber.write(
                {
                    "last_success": moment,
                    "failing_since": False,
                    "failures": 0,
                    "paused_until": False,
                    "is_told": False,
                }
            )

    def _is_news(self, moment):
        failed = self.failing_since or self.paused_until or self.is_told
        last = self.last_success
        return bool(failed or not last or moment - last >= NOTED_EVERY)

    def _note_failure(self, moment, until):
        """
        :param until: when it's tried again
        """
        for subscriber in self:
            since = subscriber.failing_since or moment
            subscriber.write(
                {
                    "failing_since": since,
                    "failures": subscriber.failures + 1,
                    "paused_until": until,
                }
            )

    def _note_gone(self):
        """It says that it's gone for good (410), and isn't told any more."""
        for subscriber in self.filtered("active"):
            subscriber.active = False
            subscriber._mail_administrators(
                lambda env, one=subscriber: (
                    env._("%s is told no more", one.name),
                    env._(
                        "%(url)s answered that it's gone for good (410). The third "
                        "system %(name)s was archived; its messages are kept.",
                        url=one.url,
                        name=one.name,
                    ),
                )
            )

    @api.model
    def _tell_failing(self):
        """Say by mail what fails for a day, once."""
        failing = self.search(
            [
                ("failing_since", "<", fields.Datetime.now() - TELL_AFTER),
                ("is_told", "=", False),
                ("url", "!=", False),
            ]
        )
        failing.is_told = True
        for subscriber in failing:
            failed = subscriber.event_ids.filtered("reason")[:1]
            subscriber._mail_administrators(
                lambda env, one=subscriber, failed=failed: (
                    env._("%s takes no messages since a day", one.name),
                    env._(
                        "Messages about invoices have not been taken by %(name)s for a "
                        "day: %(reason)s They are kept, and sent again for three days.",
                        name=one.name,
                        reason=failed.with_env(env).shown_reason or "",
                    ),
                )
            )

    def _mail_administrators(self, words):
        """To each administrator of the company, in the own language.

        :param words: function of an environment: (subject, text)
        """
        users = self.company_id._pom_administrators().filtered("email")
        rows = []
        for user in users:
            subject, text = words(self.with_context(lang=user.lang).env)
            rows.append(
                {
                    "subject": subject,
                    "body_html": f"<p>{escape(text)}</p>",
                    "email_to": user.email_formatted,
                    "email_from": self.company_id.email_formatted
                    or user.email_formatted,
                    "auto_delete": True,
                }
            )
        self.env["mail.mail"].sudo().create(rows)
