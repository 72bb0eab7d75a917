from hmac import compare_digest

from odoo import models
from odoo.tools.misc import hmac


class PomPaylink(models.Model):
    """Paying with one tap next time. Who holds a link isn't proven to be the debtor, so
    what was saved belongs to the browser in which the payer agreed: it keeps a key to
    the payment with which that was done.
    """

    _inherit = "pom.paylink"

    def _remember_words(self):
        """What the payer agrees to, as it is shown and kept."""
        return self.env._(
            "Remember this way to pay, so that I can pay %(company)s with one tap "
            "next time. Nothing is charged without that tap, and I can withdraw "
            "this at any time.",
            company=self.company_id.name,
        )

    def _remember(self, attempt):
        """Have the payer's consent kept with this attempt, and a token made of it."""
        attempt.write({"tokenize": True, "pom_consent": self._remember_words()})

    def _saved_key(self, attempt):
        """What the browser keeps."""
        key = hmac(self.env(su=True), "pom-saved", (attempt.id, attempt.partner_id.id))
        return f"{attempt.id}-{key}"

    def _is_keeper(self, attempt, key):
        """Whether this browser began the attempt and agreed."""
        return compare_digest(key.encode(), self._saved_key(attempt).encode())

    def _saved_token(self, key):
        """What this browser may pay with, if this debtor is who agreed.

        :param str key: of its cookie, as it came
        :rtype: payment.token
        """
        nothing = self.env["payment.token"].sudo()
        number = key.partition("-")[0]
        if not number.isdecimal() or len(number) > 9:
            return nothing
        attempt = self.env["payment.transaction"].sudo().browse(int(number)).exists()
        if not attempt or not self._is_keeper(attempt, key):
            return nothing
        return attempt.token_id if self._may_use(attempt) else nothing

    def _may_use(self, attempt):
        token, debtor = attempt.token_id, self.partner_id.commercial_partner_id
        return bool(
            token.active
            and token.pom_customer
            and attempt.partner_id.commercial_partner_id == debtor
            and token.provider_id.company_id == self.company_id
        )

    def _forget(self, token):
        """The payer takes the consent back: at the provider too."""
        token.active = False
