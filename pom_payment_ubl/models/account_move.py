from odoo import api, fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools import payment_page


class AccountMove(models.Model):
    """The payment page in the structured file: ours in what goes out, the supplier's in
    what comes in.
    """

    _inherit = "account.move"

    pom_supplier_page = fields.Char(
        string="Supplier's Payment Page",
        readonly=True,
        copy=False,
        groups=ACCOUNTING,
        help="Where the supplier's e-invoice says that it can be paid.",
    )
    pom_supplier_host = fields.Char(
        string="Host of the Payment Page",
        compute="_compute_pom_supplier_host",
        groups=ACCOUNTING,
    )

    @api.depends("pom_supplier_page")
    def _compute_pom_supplier_host(self):
        for move in self:
            move.pom_supplier_host = payment_page.host_of(move.pom_supplier_page or "")

    # -- what goes out -----------------------------------------------------------------

    def _pom_einvoice_url(self):
        """Address that the structured file carries; '' where nobody can pay: credit
        notes, what is paid, taken back or collected. Hook: an addon whose messages
        carry codes adds its own.

        :rtype: str
        """
        self.ensure_one()
        can_be_paid = self.move_type in PAYABLE and self.sudo().pom_standing.can_be_paid
        return (can_be_paid and self.pom_payment_url) or ""

    def _pom_einvoice_reference(self):
        """What the document that is referred to is called (BT-123), in the language of
        the environment.
        """
        return self.env._("Pay online")

    def _pom_einvoice_note(self, url, terms=""):
        """What the payment terms (BT-20) say: what they said, and where one can pay."""
        sentence = self.env._("Pay this invoice online: %s", url)
        return "\n".join(filter(None, [(terms or "").strip(), sentence]))

    # -- what comes in -----------------------------------------------------------------

    def _pom_note_supplier_page(self, references):
        """Keep where a bill says that it can be paid.

        :param references: pairs of address and description
        :return: lines for the chatter
        """
        url = self.is_purchase_document() and payment_page.page_of(references)
        if not url:
            return []
        self.pom_supplier_page = url
        return [
            self.env._("The supplier can be paid online at %s.", self.pom_supplier_host)
        ]

    def action_pom_open_supplier_page(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self.pom_supplier_host and self.pom_supplier_page,
            "target": "new",
        }
