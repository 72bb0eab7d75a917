import base64
import json

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE
from odoo.addons.pom_payment.tools import epc_qr, qr

from ..tools import cursor, standard_webhooks
from ..tools.problems import Refusal

#: Makes the record of a request, or finds that there is one with that key: of two that
#: come at once the second waits, and is played again when the first is through.
CLAIM = """
    INSERT INTO pom_payment_request
           (subscriber_id, company_id, key, digest, create_uid, create_date,
            write_uid, write_date)
    VALUES (%(subscriber)s, %(company)s, %(key)s, %(digest)s, %(user)s, %(now)s,
            %(user)s, %(now)s)
    ON CONFLICT (subscriber_id, key) DO NOTHING
    RETURNING id"""


class PomPaymentRequest(models.Model):
    """What a third system asked for: of an invoice of Odoo, or of a debt that lives
    elsewhere and is booked here, so that page, messages, matching and events are those
    of any other.
    """

    _name = "pom.payment.request"
    _description = "Request of a Third System"
    _inherit = ["pom.sealed"]
    _order = "id desc"
    _rec_name = "number"

    subscriber_id = fields.Many2one(
        "pom.subscriber",
        string="External System",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="subscriber_id.company_id", store=True, readonly=True
    )
    key = fields.Char(
        string="Its Key", required=True, readonly=True, help="Idempotency-Key."
    )
    digest = fields.Char(
        required=True, readonly=True, help="Of what was asked with that key."
    )
    number = fields.Char(readonly=True)
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    from_elsewhere = fields.Boolean(
        string="Lives Elsewhere", readonly=True, help="Booked for this request."
    )
    withdrawn = fields.Boolean(readonly=True)
    return_url = fields.Char(string="Way Back", readonly=True)

    _key_uniq = models.Constraint(
        "UNIQUE(subscriber_id, key)", "There is a request with this key already."
    )
    _number_uniq = models.UniqueIndex(
        "(subscriber_id, number) WHERE from_elsewhere AND withdrawn IS NOT TRUE",
        "There is a request with this number already.",
    )
    _page_idx = models.Index("(subscriber_id, id)")

    # -- asking ------------------------------------------------------------------------

    @api.model
    def _ask(self, subscriber, key, asked):
        """
        :param str key: the caller's, the same for each try
        :param dict asked: ``NewRequest`` of the description
        :return: the request, and whether it's new
        :raises Refusal:
        """
        digest = standard_webhooks.fingerprint(json.dumps(asked, sort_keys=True))
        request = self._claim(subscriber, key, digest)
        if not request:
            known = self.search(
                [("subscriber_id", "=", subscriber.id), ("key", "=", key)]
            )
            if known.digest != digest:
                raise Refusal(
                    422,
                    "Another request has this Idempotency-Key: use a new one.",
                    "key_reused",
                )
            return known, False
        is_ours = "invoice" in asked
        move = request._find(asked) if is_ours else request._book(asked)
        request.write(
            {
                "number": asked["invoice" if is_ours else "number"],
                "move_id": move.id,
                "from_elsewhere": not is_ours,
                "return_url": asked.get("return_url"),
            }
        )
        self.env["pom.paylink"]._create_for(move)
        move.pom_paylink_id._renew()
        for channel in asked.get("channels", ()):
            request._send(channel)
        return request, True

    @api.model
    def _claim(self, subscriber, key, digest):
        rows = self.env.execute_query(
            SQL(
                CLAIM,
                subscriber=subscriber.id,
                company=subscriber.company_id.id,
                key=key,
                digest=digest,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self.browse(row[0] for row in rows)

    def _find(self, asked):
        move = self.env["account.move"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("move_type", "in", PAYABLE),
                ("state", "=", "posted"),
                ("name", "=", asked["invoice"]),
            ],
            limit=1,
        )
        if not move:
            raise Refusal(
                422,
                "This company has no confirmed invoice of that number.",
                "unknown_invoice",
                [("/invoice", "There is none.")],
            )
        return move

    # -- reading -----------------------------------------------------------------------

    @api.model
    def _of(self, subscriber, number):
        """
        :raises Refusal: when it's none of this system's
        """
        found = self.search(
            [("subscriber_id", "=", subscriber.id), ("id", "=", number)]
        )
        if not found:
            raise Refusal(404, "This system has no such request.")
        return found

    @api.model
    def _page(self, subscriber, filters, after, limit):
        domain = [("subscriber_id", "=", subscriber.id), ("id", ">", after)]
        domain += [(name, "=", value) for name, value in filters.items()]
        found = self.search(domain, order="id", limit=limit + 1)
        shown = found[:limit]
        return {
            "requests": [request._told() for request in shown],
            "next": cursor.write(shown[-1].id) if len(found) > limit else None,
        }

    def _told(self):
        """How it stands, with all that a shop shows of it: ``Request``."""
        self.ensure_one()
        move, link = self.move_id, self.move_id.pom_paylink_id
        url = link.url or ""
        code = self._bank_code()
        return {
            "id": self.id,
            "number": self.number,
            "from_elsewhere": self.from_elsewhere,
            "withdrawn": self.withdrawn,
            "return_url": self.return_url or None,
            "page": url,
            "short_address": move._pom_printed_url() if url else "",
            "qr_svg": qr.svg(url).decode() if url else "",
            "qr_png": f"{url}/qr.png" if url else "",
            "status_picture": f"{url}/status.svg" if url else "",
            "button": str(move.pom_payment_button or ""),
            "bank_code": code or None,
            "bank_code_png": f"{url}/transfer.png" if code else None,
            "invoice": move._pom_told(),
        }

    def _bank_code(self):
        """Text of the code for a bank transfer; '' where nothing is asked."""
        link = self.move_id.pom_paylink_id
        can_be_paid = link and self.move_id.pom_standing.can_be_paid
        choice = link._choice() if can_be_paid else None
        transfer = choice and link._bank_transfer(choice)
        if not transfer:
            return ""
        try:
            return transfer["account"]._pom_epc_payload(
                float(choice.amount), choice.currency, transfer["reference"]
            )
        except epc_qr.EpcError:
            return ""

    # -- what becomes of it ------------------------------------------------------------

    def _replace(self):
        """A new link; the old one says that there is another."""
        self._must_be_asked()
        self.move_id.pom_paylink_id.action_replace()
        return self

    def _withdraw(self):
        """Nobody pays any more; what lives elsewhere isn't owed here any more, either.

        :raises Refusal: when money came in or is on its way
        """
        if self.withdrawn:
            return self
        self._lock()
        if self.from_elsewhere:
            self._must_be_untouched()
        self.move_id.pom_paylink_id.action_withdraw()
        self.withdrawn = True
        if self.from_elsewhere:
            self._unbook()
        return self

    def _send(self, channel):
        """
        :param str channel: how core or an addon calls the way to send invoices
        """
        self._must_be_asked()
        move, send = self.move_id, self.env["account.move.send"]
        field = move.partner_id._fields["invoice_sending_method"]
        methods = [code for code, _label in field._description_selection(self.env)]
        found = [one for one in methods if one == channel or one == f"pom_{channel}"]
        if not found or channel == "manual":
            raise Refusal(422, f"There is no channel {channel}.", "unknown_channel")
        reaches = send._is_applicable_to_move(found[0], move)
        if not reaches or channel == "email" and not move.partner_id.email:
            raise Refusal(
                422, f"This customer can't be reached by {channel}.", "no_address"
            )
        if channel == "email" and not self.company_id.pom_sender:
            raise Refusal(422, self.company_id._pom_no_sender(), "no_sender")
        send._generate_and_send_invoices(move, sending_methods={found[0]})
        return self

    def _attach(self, content):
        """The document that is shown and sent instead of what Odoo would draw."""
        self._must_live_elsewhere("Its document is Odoo's.")
        if not content.startswith(b"%PDF-"):
            raise Refusal(422, "This is no PDF.", "no_pdf")
        move = self.move_id
        move.invoice_pdf_report_file = base64.b64encode(content)
        move.invalidate_recordset(["invoice_pdf_report_id"])
        name = f"{self.number}.pdf".replace("/", "-")
        move.invoice_pdf_report_id.write({"name": name, "mimetype": "application/pdf"})
        return self

    # -- whether it can be done --------------------------------------------------------

    def _lock(self):
        """Wait for whoever is beginning to pay."""
        link = self.move_id.pom_paylink_id
        if link:
            link._lock()

    def _must_be_asked(self):
        if self.withdrawn:
            raise Refusal(409, "This request was withdrawn.", "withdrawn")

    def _must_live_elsewhere(self, why):
        self._must_be_asked()
        if not self.from_elsewhere:
            raise Refusal(409, f"This is an invoice of Odoo. {why}", "of_odoo")

    def _must_be_untouched(self):
        """Nothing was paid, and nothing is on its way."""
        move = self.move_id
        if move.pom_standing.coming or move._pom_paid_part():
            raise Refusal(
                409,
                "Something was paid already, or is being paid: change it in Odoo.",
                "paid",
            )
