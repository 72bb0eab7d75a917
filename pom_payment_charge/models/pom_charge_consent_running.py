import base64
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.models.payment_provider import ProviderRefusal
from odoo.addons.pom_payment.psp.values import PspError

_logger = logging.getLogger(__name__)

#: Who doesn't finish agreeing in this time didn't agree.
UNFINISHED = timedelta(days=2)
BATCH = 50


class PomChargeConsent(models.Model):
    """What is done with a consent by itself: learning what it is charged to, and
    telling who agreed.
    """

    _inherit = "pom.charge.consent"

    @api.model
    def _cron_confirm(self):
        """Tell who agreed, in the words that were agreed to, with the day and amount of
        each charge that is known.
        """
        untold = self.search(
            [("state", "=", "active"), ("told_on", "=", False)], limit=BATCH
        )
        self.env["ir.cron"]._pom_take_turn(untold, lambda one: one._confirm_one())
        late = fields.Datetime.now() - UNFINISHED
        unfinished = self.search(
            [("state", "=", "waiting"), ("agreed_on", "<", late)], limit=BATCH
        )
        unfinished._stop("unfinished")

    def _confirm_one(self):
        consent = self.try_lock_for_update(allow_referencing=True)
        if not consent or consent.told_on:
            return
        consent.told_on = consent.company_id._pom_today()
        consent._learn()
        # Told once at most, whatever happens to the machine.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            consent._tell_agreed()
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except Exception:
            _logger.exception("Consent %s isn't confirmed", self.id)
            self.env.cr.rollback()

    def _learn(self):
        """Ask the provider what is charged.

        :return: ``valid``, ``pending`` or ``invalid``; '' when it doesn't tell
        """
        token = self.token_id
        provider = token.provider_id
        adapter = provider._pom_adapter()
        if not adapter or provider.state == "disabled" or not token.active:
            return "invalid" if not token.active else ""
        try:
            request = adapter.mandate_request(token.pom_customer, token.provider_ref)
            if not request:
                return "valid"
            mandate = adapter.read_mandate(provider._pom_send(request))
        except ProviderRefusal:
            return "invalid"
        except (ValidationError, PspError) as error:
            _logger.info("Consent %s: %s", self.id, error)
            return ""
        self._note_mandate(mandate)
        return mandate.status

    def _note_mandate(self, mandate):
        """
        :param Mandate mandate:
        """
        found = {
            "means": mandate.kind,
            "hint": mandate.hint or self.hint,
            "expires": mandate.expires or False,
        }
        new = {name: value for name, value in found.items() if self[name] != value}
        if new:
            self.write(new)

    # -- the document ------------------------------------------------------------------

    def _document(self):
        """What was agreed to, as a PDF; drawn once, and kept.

        :rtype: ir.attachment
        """
        if not self.document_id:
            report = self.env["ir.actions.report"].sudo()
            content, _kind = report.with_context(lang=self.lang)._render_qweb_pdf(
                "pom_payment_charge.action_report_consent", self.ids
            )
            self.document_id = self.env["ir.attachment"].create(
                {
                    "name": f"{self.env._('Consent')} {self.id}.pdf",
                    "datas": base64.b64encode(content),
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        return self.document_id

    def _signed_at(self):
        """When it was agreed to, by the creditor's clock."""
        return self.company_id._pom_local(self.agreed_on)
