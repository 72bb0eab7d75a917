from odoo.tests import tagged

from .common import PaymentCase


@tagged("standard", "post_install", "-at_install")
class TestMessages(PaymentCase):
    def send(self, move):
        wizard = (
            self.env["account.move.send.wizard"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"move_id": move.id})
        )
        return wizard

    def test_send_uses_our_template_in_the_debtor_s_language(self):
        move = self.invoice()
        wizard = self.send(move)
        self.assertEqual(wizard.template_id, self.company.pom_mail_template_id)
        self.assertIn(move.pom_payment_url, wizard.body)
        self.assertIn(f"{move.pom_payment_url}/qr.png", wizard.body)
        self.assertIn(move.payment_reference, wizard.body)
        self.assertIn("121,00", wizard.body)

    def test_core_s_template_when_the_company_wants_it(self):
        self.company.pom_mail_template_id = False
        self.assertEqual(
            self.invoice()._get_mail_template(),
            self.env.ref("account.email_template_edi_invoice"),
        )

    def test_credit_notes_keep_core_s_template(self):
        self.assertEqual(
            self.invoice(move_type="out_refund")._get_mail_template(),
            self.env.ref("account.email_template_edi_credit_note"),
        )

    def test_fields_in_any_template(self):
        move = self.invoice()
        template = self.env["mail.template"].create(
            {
                "name": "Own",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "subject": "Pay {{ object.pom_payment_url }}",
                "body_html": '<p><t t-out="object.pom_payment_button"/>'
                '<t t-out="object.pom_payment_qr"/></p>',
            }
        )
        subject = template._render_field("subject", move.ids)[move.id]
        body = template._render_field("body_html", move.ids)[move.id]
        self.assertEqual(subject, f"Pay {move.pom_payment_url}")
        self.assertIn(f'href="{move.pom_payment_url}"', body)
        self.assertIn('src="data:image/png;base64,', body)

    def test_a_paid_invoice_asks_for_nothing(self):
        move = self.invoice()
        self.register_payment(move)
        self.assertNotIn(move.pom_payment_url, self.send(move).body)

    def test_sending_renews_the_link(self):
        move = self.invoice()
        move.pom_paylink_id.valid_until = self.days(3)
        self.env["account.move.send"]._hook_if_success(
            {move: {"sending_methods": set(), "author_user_id": self.env.uid}}
        )
        self.assertEqual(move.pom_paylink_id.valid_until, self.days(90))

    def access_buttons(self, move, body):
        """By kind of recipient, whether core puts its own button into the mail."""
        message = move.message_post(body=body)
        groups = move._notify_get_recipients_groups(message, "Invoice")
        return {name: options["has_button_access"] for name, _who, options in groups}

    def test_one_button_where_the_page_s_is_there(self):
        move = self.invoice()
        move.message_partner_ids += self.marie
        with_link = self.access_buttons(move, f"Pay at {move.pom_payment_url}")
        self.assertFalse(with_link["portal_customer"])
        without = self.access_buttons(move, "Here is what you asked for.")
        self.assertTrue(without["portal_customer"])

    def test_core_s_wizard_gives_the_same_address(self):
        move = self.invoice()
        wizard = self.link_wizard(move)
        self.assertEqual(wizard.link, move.pom_payment_url)
        # A part that somebody chose stands in core's address.
        wizard.amount = 20
        self.assertIn("amount=20", wizard.link)
        self.register_payment(move)
        self.assertNotEqual(self.link_wizard(move).link, move.pom_payment_url)

    def link_wizard(self, move):
        wizard = self.env["payment.link.wizard"].with_context(
            active_model="account.move", active_id=move.id
        )
        return wizard.create({})
