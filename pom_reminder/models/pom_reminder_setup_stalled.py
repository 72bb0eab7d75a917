from odoo import models


class PomReminderSetup(models.Model):
    """Somebody is told of what waits: one activity a company, as long as there is."""

    _inherit = "pom.reminder.setup"

    def _tell_stalled(self, reminders, new):
        """
        :param pom.reminder reminders: what waits
        :param pom.reminder new: those of them that nobody was told of; who has done
            with the others isn't told again
        """
        self.ensure_one()
        kind = "mail.mail_activity_data_todo"
        told = self.activity_ids.filtered(lambda one: one.automated)
        if not reminders:
            told.unlink()
            return
        user = self._who_is_told()
        summary = self.with_context(lang=user.lang)._about_stalled(reminders)
        if told:
            told.filtered(lambda one: one.summary != summary).summary = summary
        elif new:
            self.activity_schedule(kind, user_id=user.id, summary=summary)

    def _who_is_told(self):
        chosen = self.user_id or self.company_id.sudo().pom_request_user_id
        return chosen or self.env.ref("base.user_admin")

    def _about_stalled(self, reminders):
        unreached = reminders.filtered(lambda reminder: reminder.state == "left_out")
        unsent = len((reminders - unreached).delivery_id)
        debtors = len(unreached.partner_id)
        parts = (self._about_unsent(unsent), self._about_unreached(debtors))
        return self.env._("Reminders wait: %s", ", ".join(filter(None, parts)))

    def _about_unsent(self, count):
        if count == 1:
            return self.env._("1 message to print or to send")
        return count and self.env._("%s messages to print or to send", count)

    def _about_unreached(self, count):
        if count == 1:
            return self.env._("1 customer without any address")
        return count and self.env._("%s customers without any address", count)
