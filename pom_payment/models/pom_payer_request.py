from datetime import date, timedelta

from odoo import api, fields, models

from ..tools.request_form import WISHES

UNANSWERED = ("new", "in_progress")
CLOSED = ("accepted", "answered", "refused")


class PomPayerRequest(models.Model):
    """What a debtor asked or told on the payment page, until somebody has answered."""

    _name = "pom.payer.request"
    _description = "Request of a Debtor"
    _inherit = ["pom.sealed", "pom.noted", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True

    kind = fields.Selection(
        selection=[
            ("question", "Question"),
            ("dispute", "Dispute"),
            ("already_paid", "Already paid"),
            ("money_back", "Money back"),
            ("contact", "Contact data"),
        ],
        string="Type",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("new", "New"),
            ("in_progress", "In Progress"),
            ("accepted", "Accepted"),
            ("answered", "Answered"),
            ("refused", "Refused"),
        ],
        default="new",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        index=True,
    )
    paylink_id = fields.Many2one(
        "pom.paylink", required=True, readonly=True, ondelete="cascade", index=True
    )
    move_ids = fields.Many2many(
        "account.move",
        relation="pom_payer_request_move_rel",
        column1="request_id",
        column2="move_id",
        string="Invoices",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Debtor", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", tracking=True)
    deadline = fields.Date(string="Answer By", tracking=True)
    text = fields.Text(string="Message", readonly=True)
    email = fields.Char(string="Reply To", readonly=True)
    reason = fields.Selection(
        selection=[
            ("amount", "The amount is wrong"),
            ("not_received", "Not received"),
            ("faulty", "Something is wrong with it"),
            ("not_mine", "This isn't mine"),
            ("other", "Something else"),
        ],
        readonly=True,
    )
    amount = fields.Monetary(string="Disputed Amount", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    is_open_dispute = fields.Boolean(compute="_compute_is_open_dispute")
    paid_on = fields.Date(readonly=True)
    new_email = fields.Char(string="E-mail", readonly=True)
    new_phone = fields.Char(string="Phone", readonly=True)
    new_street = fields.Char(string="Street", readonly=True)
    new_zip = fields.Char(string="Postcode", readonly=True)
    new_city = fields.Char(string="City", readonly=True)
    new_lang = fields.Char(string="Language", readonly=True)
    new_channel = fields.Selection(
        selection="_select_channel", string="Preferred Channel", readonly=True
    )
    consent_ids = fields.One2many("pom.consent", "request_id", readonly=True)

    def _select_channel(self):
        return [
            option
            for option in self.env["res.partner"]
            ._fields["pom_channel"]
            ._description_selection(self.env)
            if option[0] in WISHES
        ]

    @api.depends("kind", "state")
    def _compute_is_open_dispute(self):
        for request in self:
            request.is_open_dispute = (
                request.kind == "dispute" and request.state in UNANSWERED
            )

    @api.depends("kind", "paylink_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = (
                f"{kinds.get(request.kind, '')} – {request.paylink_id.display_name}"
            )

    # -- arriving ----------------------------------------------------------------------

    @api.model
    def _is_allowed(self, link):
        """Whether one more request may come by this link today."""
        today = fields.Datetime.now() - timedelta(days=1)
        asked = self.sudo().search_count(
            [("paylink_id", "=", link.id), ("create_date", ">", today)]
        )
        return asked < link.company_id.pom_requests_per_day

    @api.model
    def _receive(self, link, kind, values, moves, uploads=(), wordings=None):
        """Keep what a debtor sent, tell its owner, and do at once what needs no answer.

        :param dict values: read by ``tools.request_form``
        :param uploads: ``tools.uploads.Upload``
        :param dict wordings: channel -> the sentence that was agreed with
        """
        consents = values.pop("consents", {})
        values = self._acceptable(link, values)
        request = self.sudo().create(
            {
                **values,
                "kind": kind,
                "paylink_id": link.id,
                "move_ids": moves.ids,
                "partner_id": link.partner_id.id,
                "company_id": link.company_id.id,
                "currency_id": moves[:1].currency_id.id,
                "user_id": self._owner(link).id,
                "deadline": self._deadline(link.company_id),
            }
        )
        request._keep_files(uploads)
        request._keep_consents(consents, wordings or {})
        request._tell_owner()
        # First whom we know: what is done at once may change who that is.
        request._confirm()
        request._apply_at_once()
        return request

    @api.model
    def _acceptable(self, link, values):
        """What may be asked with this link, of what was sent. Hook.

        :rtype: dict
        """
        return values

    def _owner(self, link):
        """Somebody, always: what nobody sees isn't answered."""
        sellers = (link.move_id.invoice_user_id, link.partner_id.user_id)
        working = (user for user in sellers if user.active and not user.share)
        chosen = link.company_id.pom_request_user_id or next(working, None)
        return chosen or self.env.ref("base.user_admin")

    def _deadline(self, company):
        return company._pom_today() + timedelta(days=company.pom_request_days)

    def _keep_files(self, uploads):
        """What was written and sent along, as a message of the debtor."""
        if self.text or uploads:
            self.message_post(
                body=self.text or "",
                author_id=self.partner_id.id,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                attachments=[(upload.name, upload.content) for upload in uploads],
            )

    def _keep_consents(self, consents, wordings):
        self.env["pom.consent"].create(
            [
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "channel": channel,
                    "given": given,
                    "wording": wordings[channel, given],
                    "request_id": self.id,
                }
                for channel, given in consents.items()
            ]
        )

    def _tell_owner(self):
        if self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.deadline,
                user_id=self.user_id.id,
                summary=self._name_for_owner(),
            )

    def _apply_at_once(self):
        """Hook: what needs no answer."""
        self._wait_for_answer()

    def _wait_for_answer(self):
        """Nobody is reminded of what isn't answered yet, however long that takes."""
        if self.kind in self._kinds_quiet_until_answered():
            self._keep_quiet(date.max)

    def _kinds_quiet_until_answered(self):
        """Kinds that nobody is reminded beside, before the answer. Hook."""
        return ("already_paid", "dispute", "question")

    def _confirm(self):
        """To the address that we know, not to whatever was typed."""
        if self.partner_id.email:
            self._template_received()._pom_send(self)

    def _template_received(self):
        """Hook: what tells the debtor that this arrived.

        :rtype: mail.template
        """
        return self.env.ref("pom_payment.mail_template_request_received")

    # -- being answered ----------------------------------------------------------------

    def action_answer(self):
        """Write to the debtor, in the debtor's language."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "new":
            self.sudo().state = "in_progress"
        recipient = self.partner_id
        if self.email and self.email != recipient.email:
            recipient = self._contact_for_answer()
        template = self.env.ref("pom_payment.mail_template_request_answer")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_partner_ids": recipient.ids,
                "default_composition_mode": "comment",
            },
        }

    def action_accept(self):
        """The debtor is right: contact data are taken over, the rest is noted. Of a
        question, that it was answered.
        """
        self.check_access("write")
        self._check_as_seen()
        self._before_accepting()
        questions = self.filtered(lambda request: request.kind == "question")
        questions._close("answered")
        return (self - questions)._close("accepted")

    def action_refuse(self):
        """The debtor isn't right: what was contested is due again."""
        self.check_access("write")
        self._check_as_seen()
        return self._close("refused")

    def action_reopen(self):
        self.check_access("write")
        self.sudo().write({"state": "in_progress"})
        for request in self.sudo():
            request._wait_for_answer()
        return True

    def _close(self, state):
        self.check_access("write")
        self.sudo().write({"state": state})
        return self.activity_unlink(["mail.mail_activity_data_todo"])

    def _before_accepting(self):
        """Do what was asked, as whoever accepts it. Hook.

        :raises UserError: when that can't be done
        """
