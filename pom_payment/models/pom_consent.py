from odoo import fields, models


class PomConsent(models.Model):
    """What somebody agreed to, or no longer, in the words that were shown. Never
    edited: a change of mind is another record.
    """

    _name = "pom.consent"
    _description = "Consent to Messages"
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    channel = fields.Selection(
        selection=[("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")],
        required=True,
        readonly=True,
    )
    given = fields.Boolean(readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    wording = fields.Text(required=True, readonly=True)
    request_id = fields.Many2one("pom.payer.request", readonly=True)
