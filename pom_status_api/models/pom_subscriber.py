from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.tools import outgoing

from ..tools import standard_webhooks

#: How long a former secret signs beside the new one.
OVERLAP = timedelta(days=7)
#: What workers keep of a system.
KEPT = {"active", "company_id", "per_minute"}


class PomSubscriber(models.Model):
    """A third system that wants to know how invoices stand: it's told of each change,
    and may ask. We sign with its secret; it asks with keys, which are another thing.
    """

    _name = "pom.subscriber"
    _description = "External System"
    _inherit = ["pom.kept"]
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    url = fields.Char(
        string="Push Address",
        help="Where changes are sent to. Empty: the system asks by itself.",
    )
    internal_networks = fields.Char(
        groups="base.group_system",
        help="Networks inside which this system may be, for example 10.0.0.0/8. Empty: "
        "only the internet, and only by https.",
    )
    secret = fields.Char(
        string="Signing Secret",
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: standard_webhooks.new_secret(),
        help="Signs what we send (Standard Webhooks).",
    )
    former_secret = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Signs too, until the system knows the new one.",
    )
    former_until = fields.Datetime(
        string="Former Secret Signs Until", readonly=True, copy=False
    )
    key_ids = fields.One2many("pom.api.key", "subscriber_id", string="Keys")
    event_ids = fields.One2many("pom.outbound.event", "subscriber_id")
    may_create = fields.Boolean(
        string="May Ask for Payments",
        help="With one of its keys: for invoices of Odoo, and for debts that live "
        "elsewhere, which are then booked here.",
    )
    book_as = fields.Selection(
        selection=[
            ("out_receipt", "A receivable (sales receipt)"),
            ("out_invoice", "An invoice"),
        ],
        string="Book as",
        required=True,
        default="out_receipt",
        help="What becomes of a debt that lives elsewhere.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Journal",
        domain="[('type', '=', 'sale'), ('company_id', '=', company_id)]",
        help="Empty: the first sales journal.",
    )
    account_id = fields.Many2one(
        "account.account",
        string="Booked Against",
        domain="[('company_ids', 'in', company_id)]",
        help="Such as an account for the turnover that the other system books. Empty: "
        "the journal's.",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        string="Taxes in Its Amounts",
        domain="[('type_tax_use', '=', 'sale'), ('company_id', '=', company_id)]",
        help="What its rates of tax mean; taxes that are included in the price. Empty: "
        "it books its taxes itself.",
    )
    statuses = fields.Char(
        string="Tell Only",
        help="Statuses that are sent, with commas between, such as: paid, reversed. "
        "Empty: all. It may ask for the others.",
    )
    per_minute = fields.Integer(
        string="Requests per Minute",
        required=True,
        default=600,
        help="What it may ask with one key.",
    )
    request_ids = fields.One2many("pom.payment.request", "subscriber_id")

    _per_minute_positive = models.Constraint(
        "CHECK(per_minute > 0)", "A system may ask at least once a minute."
    )

    @api.constrains("url", "internal_networks")
    def _check_url(self):
        for subscriber in self.filtered("url"):
            try:
                networks = subscriber._networks()
            except ValueError as error:
                raise ValidationError(
                    self.env._("Write networks as 10.0.0.0/8, with blanks between.")
                ) from error
            scheme = urlsplit(subscriber.url).scheme
            if scheme != "https" and not (scheme == "http" and networks):
                raise ValidationError(
                    self.env._(
                        "The push address must begin with https://. Inside a network "
                        "that an administrator allowed, http:// will do."
                    )
                )

    def _networks(self):
        """:raises ValueError: when what was typed is none"""
        return outgoing.networks(self.sudo().internal_networks or "")

    def _pom_is_kept(self, written):
        # EXTENDS 'pom.kept': how it takes messages is written all day long.
        return written is None or bool(KEPT & written.keys())

    @api.model
    @tools.ormcache()
    def _listening(self):
        """Ids of the companies whose invoices anybody wants to know of."""
        rows = self.sudo()._read_group([], ["company_id"])
        return frozenset(company.id for (company,) in rows)

    def _signing_secrets(self):
        """One, or two while one takes the other's place."""
        now = fields.Datetime.now()
        is_known = self.former_until and self.former_until > now
        former = self.former_secret if is_known else None
        return [one for one in (self.secret, former) if one]

    def action_new_secret(self):
        """A new secret; the former one signs beside it for a week, so that there's time
        to make it known over there.
        """
        self.check_access("write")
        for subscriber in self:
            subscriber.write(
                {
                    "former_secret": subscriber.secret,
                    "former_until": fields.Datetime.now() + OVERLAP,
                    "secret": standard_webhooks.new_secret(),
                }
            )

    @api.autovacuum
    def _gc_former(self):
        over = self.sudo().search([("former_until", "<", fields.Datetime.now())])
        over.write({"former_secret": False, "former_until": False})

    def action_new_key(self):
        """Ask what it's for, and show it once."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": "pom.api.key.new",
            "view_mode": "form",
            "target": "new",
            "context": {"default_subscriber_id": self.id},
        }

    def action_test(self):
        """Send a message that means nothing, and say what became of it."""
        self.ensure_one()
        self.check_access("write")
        event = self.env["pom.outbound.event"].sudo()._test(self)
        event._push()
        taken = event.state == "done"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if taken else "danger",
                "message": self.env._("It was accepted.")
                if taken
                else event.shown_reason,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_events(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_status_api.pom_outbound_event_action"
        )
        return {**action, "domain": [("subscriber_id", "=", self.id)]}
