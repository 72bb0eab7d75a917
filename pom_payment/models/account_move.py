import logging
from contextlib import contextmanager
from textwrap import shorten

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..groups import ACCOUNTING
from ..tools import link_token, mail_html, qr
from .account_move_debt import PAYABLE

_logger = logging.getLogger(__name__)


#: With these the printed invoice has no code: there is nothing to do on the page.
UNPRINTED = ("draft", "cancelled", "collected", "blocked", "withdrawn")
#: So many things, in so many characters, say what an invoice is for.
GOODS, LINE = 3, 120


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_paylink_ids = fields.One2many(
        "pom.paylink",
        "move_id",
        string="Payment Links",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_paylink_id = fields.Many2one(
        "pom.paylink",
        string="Payment Link",
        compute="_compute_pom_paylink_id",
        compute_sudo=True,
        groups=ACCOUNTING,
    )
    pom_payment_url = fields.Char(
        string="Payment Address",
        compute="_compute_pom_payment_url",
        compute_sudo=True,
        help="Short address of the page where this invoice is paid.",
    )
    pom_payment_button = fields.Html(
        string="Payment Button",
        compute="_compute_pom_payment_parts",
        compute_sudo=True,
        sanitize=False,
        help="A button for messages that opens the payment page.",
    )
    pom_payment_qr = fields.Html(
        string="Payment QR",
        compute="_compute_pom_payment_parts",
        compute_sudo=True,
        sanitize=False,
        help="A picture of the QR code that opens the payment page.",
    )
    pom_payment_picture = fields.Html(
        string="Payment Status as a Picture",
        compute="_compute_pom_payment_parts",
        compute_sudo=True,
        sanitize=False,
        help="A small picture for messages that says how the invoice stands at the "
        "moment when it's looked at.",
    )
    pom_goods = fields.Char(
        string="What For",
        compute="_compute_pom_goods",
        compute_sudo=True,
        help="What was delivered, as far as it fits in a line of a message.",
    )
    pom_request_ids = fields.Many2many(
        "pom.payer.request",
        relation="pom_payer_request_move_rel",
        column1="move_id",
        column2="request_id",
        string="Requests of the Debtor",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_request_count = fields.Integer(
        compute="_compute_pom_request_count", groups=ACCOUNTING
    )
    pom_disputed_amount = fields.Monetary(
        string="Disputed Amount",
        readonly=True,
        copy=False,
        help="What the debtor contests and nobody has answered yet. "
        "No reminder asks for this part.",
    )
    pom_double_payment_id = fields.Many2one(
        "account.payment",
        string="Paid Twice",
        compute="_compute_pom_double_payment_id",
        compute_sudo=True,
        help="A payment that came in on top of the amount due.",
        groups=ACCOUNTING,
    )

    @api.depends("pom_paylink_ids.withdrawn")
    def _compute_pom_paylink_id(self):
        links = self.env["pom.paylink"].search_fetch(
            [("move_id", "in", self.ids), ("withdrawn", "=", False)],
            ["move_id", "token", "company_id"],
        )
        by_move = {link.move_id.id: link for link in links}
        for move in self:
            move.pom_paylink_id = by_move.get(move._origin.id)

    @api.depends(
        "pom_paylink_ids.withdrawn", "pom_paylink_ids.token", "company_id.pom_base_url"
    )
    def _compute_pom_payment_url(self):
        for move in self:
            move.pom_payment_url = move.pom_paylink_id.url

    @api.depends("pom_payment_url", "pom_standing")
    @api.depends_context("lang")
    def _compute_pom_payment_parts(self):
        for move in self:
            # Who has nothing to pay sees no button.
            url = move.pom_standing.can_be_paid and move.pom_payment_url
            move.pom_payment_button = url and move._pom_button(url)
            move.pom_payment_qr = url and move._pom_qr_image(url)
            move.pom_payment_picture = move._pom_status_image()

    @api.depends("invoice_line_ids.name", "invoice_line_ids.display_type")
    def _compute_pom_goods(self):
        for move in self:
            lines = move.invoice_line_ids
            products = lines.filtered(lambda line: line.display_type == "product")
            names = [(line.name or "").partition("\n")[0].strip() for line in products]
            known = list(dict.fromkeys(filter(None, names)))
            goods = ", ".join(known[:GOODS]) + (" …" if known[GOODS:] else "")
            move.pom_goods = shorten(goods, LINE, placeholder=" …")

    @api.depends("pom_request_ids")
    def _compute_pom_request_count(self):
        for move in self:
            move.pom_request_count = len(move.pom_request_ids)

    def _pom_button(self, url):
        brand = self.company_id._pom_brand()
        return Markup(mail_html.button(url, self.env._("Pay now"), *brand))

    def _pom_status_image(self):
        if not self.pom_payment_url:
            return False
        return Markup('<img src="%s/status.png?lang=%s" alt="%s" height="28"/>') % (
            self.pom_payment_url,
            self.env.lang or "en_US",
            self.env._("Payment status"),
        )

    def _pom_qr_image(self, url):
        return Markup('<img src="%s" alt="%s" width="160" height="160"/>') % (
            qr.data_uri(qr.png(url)),
            self.env._("QR code of the payment page"),
        )

    # -- payments that come in ---------------------------------------------------------

    @api.model
    @contextmanager
    def _pom_at_once(self):
        """What is booked within is one event: whoever follows how debts stand looks
        when it's through. Hook.
        """
        yield

    def _pom_lock_debts(self):
        """Wait for whoever is beginning or booking a payment of the same debts.

        Links are written, since every debt has one and nothing else does: the second of
        two simultaneous transactions fails with a serialization error; it's then played
        again, and sees what the first one did.
        """
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE pom_paylink SET last_attempt = %s WHERE id IN ("
                    "SELECT id FROM pom_paylink WHERE move_id IN %s ORDER BY id "
                    "FOR NO KEY UPDATE)",
                    fields.Datetime.now(),
                    tuple(self.ids),
                )
            )

    def _pom_alert(self, summary, note, kind="mail.mail_activity_data_warning"):
        """Ask the person in charge to decide.

        :param str kind: external id of the type of activity
        """
        self.ensure_one()
        self.sudo().activity_schedule(
            kind,
            summary=summary,
            note=note,
            user_id=self._pom_owner().id,
        )

    def _pom_owner(self):
        """The person in charge."""
        return self.invoice_user_id or self.env.ref("base.user_admin")

    @api.depends("transaction_ids.pom_surplus")
    def _compute_pom_double_payment_id(self):
        doubles = self.transaction_ids.filtered(lambda tx: tx.pom_surplus)
        for move in self:
            mine = doubles & move.transaction_ids
            move.pom_double_payment_id = mine[:1].payment_id

    # -- posting ---------------------------------------------------------------------

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft=soft)
        payable = posted.filtered(lambda move: move.move_type in PAYABLE)
        self.env["pom.paylink"].sudo()._create_for(payable)
        return posted

    def write(self, vals):
        # EXTENDS 'account': a posted invoice that is somebody else's now.
        done = super().write(vals)
        if "partner_id" in vals:
            posted = self.filtered(
                lambda move: move.state == "posted" and move.move_type in PAYABLE
            )
            self.env["pom.paylink"].sudo()._create_for(posted)
        return done

    # -- codes on the invoice ----------------------------------------------------------

    def _get_portal_payment_link(self):
        # EXTENDS 'account_payment': no amount in the link, and no wizard record.
        self.ensure_one()
        return self.pom_payment_url or super()._get_portal_payment_link()

    def _generate_portal_payment_qr(self):
        # EXTENDS 'account_payment'
        self.ensure_one()
        if not self.sudo().pom_paylink_ids:
            return super()._generate_portal_payment_qr()
        if self.sudo().pom_standing.word in UNPRINTED:
            return None
        return qr.data_uri(qr.svg(self.pom_payment_url))

    def _pom_printed_url(self):
        """The address as one can type it over: no scheme, the token in groups."""
        self.ensure_one()
        base, _slash, token = (self.pom_payment_url or "").rpartition("/")
        return f"{base.partition('://')[2]}/{link_token.grouped(token)}"

    def _generate_qr_code(self, silent_errors=False):
        # EXTENDS 'account', which stops the PDF when the method that was chosen by
        # hand can't be used. The code asks what the page asks.
        if self.move_type in PAYABLE and self.posted_before:
            standing = self.sudo().pom_standing
            if not standing.can_be_paid or not standing.asked:
                return None
            self = self.with_context(pom_qr_amount=float(standing.asked))
        try:
            if not self.partner_bank_id:
                return self._pom_qr_code_of_company()
            return super()._generate_qr_code(silent_errors=silent_errors)
        except (UserError, ValidationError) as error:
            if not silent_errors:
                raise
            _logger.info("No bank QR code on invoice %s: %s", self.id, error)
            return None

    def _pom_qr_code_of_company(self):
        """Where no account is on the invoice, as with addons that choose it later."""
        account = self._pom_bank_account()
        if not self.display_qr_code or not account:
            return None
        return account.build_qr_code_base64(
            self.amount_total,
            self.name,
            self.payment_reference,
            self.currency_id,
            self.partner_id,
        )

    def _pom_bank_account(self):
        """Where a transfer for this goes to."""
        return self.partner_bank_id or self.company_id._pom_bank_account()

    # -- messages ----------------------------------------------------------------------

    def _get_mail_template(self):
        # EXTENDS 'account'
        companies = self.company_id
        ours = companies.pom_mail_template_id if len(companies) == 1 else None
        if ours and all(move.pom_paylink_ids for move in self.sudo()):
            return ours
        return super()._get_mail_template()

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        # EXTENDS 'account': a message that leads to the payment page has one button.
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        body = (msg_vals or {}).get("body") or message.body or ""
        if self.pom_payment_url and self.pom_payment_url in body:
            for name, _function, options in groups:
                if name in ("portal_customer", "additional_intended_recipient"):
                    options.update(has_button_access=False)
        return groups

    # -- actions -----------------------------------------------------------------------

    def action_pom_open_page(self):
        """Look at the page as the debtor sees it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self.pom_payment_url,
            "target": "new",
        }

    def action_pom_preview(self):
        """Look at the whole request: message, page and document."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/pom/preview/{self.id}",
            "target": "new",
        }

    def action_pom_requests(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment.pom_payer_request_action"
        )
        return {**action, "domain": [("move_ids", "in", self.ids)], "context": {}}

    def action_pom_refund_double(self):
        """Give back what came in on top: core's wizard, filled in."""
        self.ensure_one()
        self.check_access("write")
        payment = self.pom_double_payment_id
        return {
            **payment.action_refund_wizard(),
            "context": {"active_id": payment.id, "active_model": payment._name},
        }

    def action_pom_replace_link(self):
        """Withdraw the link (it leaked, say) and make another."""
        self.check_access("write")
        self.pom_paylink_id.sudo().action_replace()
        payable = self.filtered(
            lambda move: move.state == "posted" and move.move_type in PAYABLE
        )
        self.env["pom.paylink"].sudo()._create_for(payable)
        told = self.env._(
            "The old link doesn't work any more, and nobody has the new one yet: it "
            "goes out with the next message. Press Send."
        )
        params = {"type": "warning", "message": told}
        tag = "display_notification"
        return {"type": "ir.actions.client", "tag": tag, "params": params}
