"""Run by tests/e2e/test_peppol.py where account_peppol is installed. The access point
is core's own stand-in, which it uses for companies that try Peppol out.
"""

from lxml import etree

from odoo.tests import tagged

from tests.odoo.pom_payment_ubl.invoices import EInvoiceCase
from tests.odoo.pom_payment_ubl.test_einvoice import UBL_URL


@tagged("standard", "post_install", "-at_install")
class TestPeppol(EInvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        registration = cls.env["peppol.registration"].create(
            {
                "company_id": cls.company.id,
                "peppol_eas": "odemo",
                "peppol_endpoint": "demo1",
                "contact_email": "boekhouding@dekat.example",
                "phone_number": "+32483123456",
            }
        )
        registration.button_register_peppol_participant()
        cls.buyer = cls.buyers["BE"]
        cls.buyer.invoice_sending_method = "peppol"
        cls.buyer.button_account_peppol_check_partner_endpoint(company=cls.company)

    def _send(self, move):
        with self.allow_pdf_render():
            self.env["account.move.send"]._generate_and_send_invoices(
                move, sending_methods={"peppol"}, invoice_edi_format="ubl_bis3"
            )

    def _message(self, move):
        return self.env["pom.delivery"].search([("move_ids", "in", move.ids)])

    def test_from_sent_to_paid(self):
        move = self._kind("one_rate")
        self._send(move)
        message = self._message(move)
        self.assertEqual((message.channel, message.state), ("peppol", "sent"))
        self.assertTrue(message.sent_date)
        self.assertEqual(message.address, self.buyer._pom_address("peppol"))
        tree = etree.fromstring(move.ubl_cii_xml_id.raw)
        self.assertEqual([node.text for node in tree.findall(UBL_URL)], [message.url])
        self.assertIn(message.code, message.url)
        self.company.account_peppol_edi_user._peppol_get_message_status()
        self.assertEqual(message.state, "delivered")
        self.env["pom.delivery"]._note_seen(move.pom_paylink_id, message.code)
        self.assertTrue(message.seen_date)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({}).action_create_payments()
        self.assertTrue(message.paid_date)
        # As of any other channel, the figures know how it went.
        figure = self.env["pom.debt.figure"].search([("move_id", "=", move.id)])
        self.assertEqual((figure.asked_channel, figure.channel), ("peppol", "peppol"))
        self.assertTrue(figure.seen_date)
        days = (self.company._pom_today() - move.invoice_date).days
        self.assertEqual(figure.days_to_pay, days)

    def test_not_delivered_and_sent_again(self):
        """The file that there is goes out again, with the code that it has."""
        move = self._kind("one_rate")
        self._send(move)
        message = self._message(move)
        move.peppol_move_state = "error"
        self.assertEqual(message.state, "bounced")
        self._send(move)
        self.assertEqual(self._message(move), message)
        self.assertEqual(message.state, "sent")

    def test_a_credit_note_is_no_message(self):
        refund = self._kind("one_rate", "out_refund")
        self._send(refund)
        self.assertEqual(refund.peppol_move_state, "processing")
        self.assertFalse(self._message(refund))

    def test_who_is_not_on_the_network(self):
        self.buyer.peppol_verification_state = "not_valid"
        self.assertEqual(self.buyer._pom_address("peppol"), "")

    def test_it_carries_no_other_messages(self):
        move = self._kind("one_rate")
        send = self.env["account.move.send"]
        message = send._pom_ask([move], "peppol")
        message._send()
        self.assertEqual(message.state, "failed")
