from odoo import api, models

#: Kind of the activity that says so.
TROUBLE = "pom_payment.mail_activity_trouble"


class PomTrouble(models.Model):
    """Who hears of it: one activity each, and one mail a day, as long as there is
    something.
    """

    _inherit = "pom.trouble"

    @api.model
    def _cron_tell(self):
        self._refresh()
        troubles = self.search([("count", ">", 0)])
        told = self.env["mail.activity"].search(
            [("activity_type_id", "=", self.env.ref(TROUBLE).id)]
        )
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for user in companies._pom_administrators():
            own = troubles.with_user(user).sudo().with_context(lang=user.lang)
            own = own.filtered(lambda one, user=user: one._is_of(user))
            activity = told.filtered(lambda one, user=user: one.user_id == user)
            if own:
                own._note(user, activity[:1])
                own._mail(user)
                told -= activity[:1]
        # Of who has nothing to do any more, or isn't there.
        told.unlink()

    def _is_of(self, user):
        return not self.company_id or self.company_id in user.company_ids

    def _note(self, user, activity):
        """
        :param mail.activity activity: that said so yesterday, if any
        """
        values = {
            "summary": self._in_short(),
            "note": self._written(),
        }
        if activity:
            activity.write(values)
        else:
            user.company_id.partner_id.activity_schedule(
                TROUBLE, user_id=user.id, **values
            )

    def _mail(self, user):
        if not user.email:
            return
        sender = user.company_id.email_formatted or user.email_formatted
        self.env["mail.mail"].sudo().create(
            {
                "subject": self._in_short(),
                "body_html": self._written(),
                "email_to": user.email_formatted,
                "email_from": sender,
                "auto_delete": True,
            }
        )

    def _in_short(self):
        if len(self) == 1:
            return self.env._("1 thing needs an administrator")
        return self.env._("%s things need an administrator", len(self))

    def _written(self):
        """As a table, with the way to the list."""
        address = f"{self[:1].get_base_url()}/odoo/action-pom_payment.pom_trouble_look"
        return self.env["ir.qweb"]._render(
            "pom_payment.trouble_table", {"troubles": self, "address": address}
        )
