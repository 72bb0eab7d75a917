from markupsafe import Markup

from odoo import api, models

from ..tools.channels import our_methods
from ..tools.delivery_code import tag_links
from ..tools.failures import NO_SENDER


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    # -- sending methods ---------------------------------------------------------------

    @api.model
    def _pom_methods(self):
        return our_methods(self.env["pom.delivery"]._channels())

    @api.model
    def _is_applicable_to_move(self, method, move, **move_data):
        # EXTENDS 'account'
        channel = self._pom_methods().get(method)
        if channel:
            return bool(move.partner_id._pom_address(channel.code))
        return super()._is_applicable_to_move(method, move, **move_data)

    @api.model
    def _get_default_sending_methods(self, move):
        # EXTENDS 'account': who said no to a way isn't asked by it, unless whoever
        # sends chooses it all the same.
        methods = super()._get_default_sending_methods(move)
        ways = {"email": "email"} | {
            method: channel.code for method, channel in self._pom_methods().items()
        }
        debtor = move.partner_id.with_company(move.company_id)
        return {
            method
            for method in methods
            if method not in ways or not debtor._pom_refuses(ways[method])
        }

    @api.model
    def _get_alerts(self, moves, moves_data):
        # EXTENDS 'account': who can't be reached by the way that was chosen.
        alerts = super()._get_alerts(moves, moves_data)
        field = self.env["pom.delivery"]._fields["channel"]
        labels = dict(field._description_selection(self.env))
        for method, channel in self._pom_methods().items():
            lost = moves.filtered(
                lambda move, method=method: method
                in moves_data[move]["sending_methods"]
                and not self._is_applicable_to_move(method, move, **moves_data[move])
            )
            if lost:
                alerts[f"pom_no_address_{channel.code}"] = {
                    "level": "danger" if len(moves) == 1 else "warning",
                    "message": self.env._(
                        "These customers can't be reached (%(channel)s): %(names)s",
                        channel=labels[channel.code],
                        names=", ".join(lost.partner_id.mapped("display_name")),
                    ),
                    "action_text": self.env._("View Customers"),
                    "action": lost.partner_id._get_records_action(),
                }
        return alerts

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        # EXTENDS 'account'
        result = super()._hook_if_success(moves_data, from_cron=from_cron)
        for method, channel in self._pom_methods().items():
            asked = [
                move
                for move, data in moves_data.items()
                if method in data["sending_methods"]
                and self._is_applicable_to_move(method, move, **data)
            ]
            self._pom_ask(asked, channel.code)._send()
        return result

    @api.model
    def _pom_ask(self, moves, channel):
        return (
            self.env["pom.delivery"]
            .sudo()
            ._ask(
                [
                    {
                        "kind": "invoice",
                        "channel": channel,
                        "partner_id": move.partner_id.id,
                        "company_id": move.company_id.id,
                        "moves": move,
                    }
                    for move in moves
                    if move.sudo().pom_paylink_id
                ]
            )
        )

    @api.model
    def _send_mail(self, move, mail_template, **kwargs):
        # EXTENDS 'account': the links in the mail tell that one came by this mail.
        delivery = self._pom_ask([move], "email")
        if delivery and not move.company_id.pom_sender:
            delivery._note_lost(NO_SENDER, state="failed")
            return super()._send_mail(move, mail_template, **kwargs)
        if delivery and kwargs.get("body"):
            body = tag_links(str(kwargs["body"]), move.pom_payment_url, delivery.code)
            kwargs["body"] = Markup(delivery._restyled(body))
            kwargs["subject"] = delivery._mail_subject(kwargs.get("subject"))
        result = super()._send_mail(move, mail_template, **kwargs)
        if delivery:
            newest = self.env["mail.message"].search_fetch(
                [("model", "=", move._name), ("res_id", "=", move.id)],
                ["message_id"],
                limit=1,
                order="id desc",
            )
            delivery.write(
                {"message_id": newest.message_id, "subject": kwargs.get("subject")}
            )
        return result
