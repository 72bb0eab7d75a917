import secrets
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.debt import amounts
from odoo.addons.pom_payment.tools import link_token, qr

#: How the number of a customer begins who only chose an amount.
GIVER = "open-"
#: What nobody limits.
MOST = Decimal(10_000)


class PomOpenLink(models.Model):
    """A link to which whoever has it pays what they choose: a donation, a deposit,
    a top-up. It is used again and again; each payment is a debt of its own.
    """

    _name = "pom.open.link"
    _description = "Link for an Open Amount"
    _inherit = ["pom.sealed"]
    _order = "id desc"

    name = fields.Char(string="What It's For", required=True, translate=True)
    subscriber_id = fields.Many2one(
        "pom.subscriber",
        string="External System",
        required=True,
        ondelete="restrict",
        index=True,
        help="Says how it's booked, and is told.",
    )
    company_id = fields.Many2one(
        related="subscriber_id.company_id", store=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: link_token.new_token(),
    )
    active = fields.Boolean(default=True)
    least = fields.Monetary(string="Minimum Amount", default=1)
    most = fields.Monetary(string="Maximum Amount", default=1000)
    suggested = fields.Char(
        string="Suggested Amounts", help="With blanks between, such as: 10 25 50."
    )
    url = fields.Char(string="Address", compute="_compute_url", compute_sudo=True)
    move_ids = fields.One2many(
        "account.move", "pom_open_link_id", string="Payments", readonly=True
    )

    _token_uniq = models.Constraint("UNIQUE(token)", "This token is taken.")

    @api.depends("token", "company_id.pom_base_url")
    def _compute_url(self):
        for link in self:
            base = link.company_id._pom_base_url() if link.company_id else ""
            link.url = f"{base}/pom/open/{link.token}"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base': nobody chooses a token, since those that one remembers are
        # guessed.
        if not self.env.su:
            for vals in vals_list:
                self._check_sealed(vals)
        return super().create(vals_list)

    @api.constrains("least", "most", "suggested")
    def _check_amounts(self):
        for link in self:
            if not 0 < link.least <= link.most <= MOST:
                raise ValidationError(
                    self.env._(
                        "The smallest amount must be more than 0, and the largest one "
                        "at least that and at most %s.",
                        MOST,
                    )
                )
            if None in link._suggestions():
                raise ValidationError(
                    self.env._("Write suggested amounts as: 10 25 50.")
                )

    def _suggestions(self):
        """
        :rtype: list[Decimal]
        """
        return [amounts.parse(text) for text in (self.suggested or "").split()]

    def _bounds(self):
        decimals = self.currency_id.decimal_places
        least, most = (Decimal(f"{x:.{decimals}f}") for x in (self.least, self.most))
        return amounts.Bounds(least, (self._suggestions() or [least])[0], most)

    @api.model
    def _find(self, typed):
        """The link that has this token, closed ones too; empty if none."""
        token = link_token.normalize(typed)
        links = self.sudo().with_context(active_test=False)
        return links.search([("token", "=", token)], limit=1) if token else links

    def _is_open(self):
        """Whether anybody may pay there."""
        return self.active and self.subscriber_id.active

    def _begin(self, amount, name, email, lang):
        """A debt of that amount, for somebody whom nobody knows: what is typed here is
        put to no known customer's account.

        :param Decimal amount: within the bounds
        :return: the payment link to it
        """
        customer = {
            "ref": f"{GIVER}{secrets.token_hex(6)}",
            "name": name,
            "language": lang,
        }
        if email:
            customer["email"] = email
        asked = {
            "number": f"{self.token[:4]}-{secrets.token_hex(4)}",
            "customer": customer,
            "amount": f"{amount:.{self.currency_id.decimal_places}f}",
            "currency": self.currency_id.name,
            "due_date": self.company_id._pom_today().isoformat(),
        }
        asked["lines"] = [{"description": self.name, "amount": asked["amount"]}]
        requests = self.env["pom.payment.request"]
        key = f"open-{secrets.token_hex(16)}"
        request, _is_new = requests._ask(self.subscriber_id, key, asked)
        request.move_id.pom_open_link_id = self
        return request.move_id.pom_paylink_id

    # -- third systems -----------------------------------------------------------------

    def _told(self):
        """``OpenLink`` of the description."""
        decimals = self.currency_id.decimal_places
        return {
            "id": self.id,
            "name": self.name,
            "active": self.active,
            "page": self.url,
            "poster": f"{self.url}/poster",
            "qr_svg": qr.svg(self.url).decode(),
            "currency": self.currency_id.name,
            "least": str(self._bounds().least),
            "most": str(self._bounds().most),
            "suggested": [f"{one:.{decimals}f}" for one in self._suggestions()],
        }

    @api.model
    def _of(self, subscriber):
        """All of a system, closed ones too."""
        domain = [("subscriber_id", "=", subscriber.id)]
        return self.with_context(active_test=False).search(domain, order="id")

    def action_open_page(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_poster(self):
        """To print, with the code to scan."""
        self.ensure_one()
        self.check_access("read")
        url = f"{self.url}/poster"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}
