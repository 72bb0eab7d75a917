from odoo import api, models

from ..utils import in_words_of
from .account_move_debt import PAYABLE
from .mail_template import LAYOUT


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_mail_params(self, move, move_data):
        # EXTENDS 'account', which sends what was stored at the first time again.
        params = super()._get_mail_params(move, move_data)
        if params:
            named = move.with_context(lang=move_data.get("mail_lang") or self.env.lang)
            params["attachments"] = named._pom_as_mailed(params["attachments"])
        return params

    @api.model
    def _link_invoice_documents(self, invoices_data):
        # EXTENDS 'account', which keeps what was drawn from now on.
        result = super()._link_invoice_documents(invoices_data)
        drawn = [
            move.id
            for move, data in invoices_data.items()
            if data.get("pdf_attachment_values")
        ]
        self.env["account.move"].sudo().browse(drawn)._pom_note_printed()
        return result

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        # EXTENDS 'account': a message that goes out makes its link valid anew.
        moves = self.env["account.move"].union(*moves_data)
        moves.sudo().pom_paylink_id._renew()
        return super()._hook_if_success(moves_data, from_cron=from_cron)

    @api.model
    def _get_alerts(self, moves, moves_data):
        # EXTENDS 'account'
        alerts = super()._get_alerts(moves, moves_data)
        mute = moves.filtered(
            lambda move: "email" in moves_data[move]["sending_methods"]
            and self._pom_is_asked(move)
            and not move.company_id.pom_sender
        )
        if mute:
            alerts["pom_no_sender"] = {
                "level": "danger",
                "message": mute.company_id[:1]._pom_no_sender(),
                "action_text": self.env._("View Company"),
                "action": mute.company_id[:1]._get_records_action(),
            }
        return alerts

    @api.model
    def _pom_is_asked(self, move):
        """Whether it is a document with a payment link."""
        return move.move_type in PAYABLE and bool(move.sudo().pom_paylink_id)

    @api.model
    def _get_mail_layout(self):
        # EXTENDS 'account'
        return self.env.context.get("pom_mail_layout") or super()._get_mail_layout()

    @api.model
    def _send_mail(self, move, mail_template, **kwargs):
        # EXTENDS 'account': by the company, whoever sells there.
        if not self._pom_is_asked(move):
            return super()._send_mail(move, mail_template, **kwargs)
        if not move.company_id.pom_sender:
            # Sent by a scheduler as often as by a person.
            company = in_words_of(move.company_id, move.company_id)
            move.message_post(body=company._pom_no_sender())
            return None
        kwargs["email_from"] = move.company_id.pom_sender
        mine = self.with_context(pom_mail_layout=LAYOUT)
        return super(AccountMoveSend, mine)._send_mail(move, mail_template, **kwargs)
