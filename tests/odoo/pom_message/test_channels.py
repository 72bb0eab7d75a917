"""Every channel, to a real server on loopback, and what comes back from it."""

from datetime import date

from odoo.tests import HttpCase, tagged

from tests.simulators.whatsapp import WhatsApp

from .common import MessageCase

DUE = date(2026, 3, 31)


@tagged("standard", "post_install", "-at_install")
class TestChannels(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._invoice(DUE)
        cls._agree(cls.marie)

    def test_every_channel_is_complete(self):
        deliveries = self.env["pom.delivery"]
        for channel in deliveries._channels().values():
            for method in (channel.send, channel.do):
                self.assertTrue(hasattr(deliveries, method), method)
            self.assertTrue(hasattr(self.marie, channel.address), channel.code)

    def test_codes_differ_by_message(self):
        one, other = self._ask(self.move, "link"), self._ask(self.move, "link")
        self.assertNotEqual(one.code, other.code)
        self.assertTrue(one.url.startswith(self.move.pom_payment_url + "?d="))

    def test_email(self):
        with self._smtp() as smtp:
            delivery = self._ask(self.move, "email")
            self.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).send()
            mail = smtp.wait_for("marie@klant.example")[0]
        self.assertIn(f'href="{delivery.url}"', mail.html)
        self.assertIn("boekhouding@dekat.example", mail.message["From"])
        self.assertEqual(mail.message["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail.message["Message-Id"], delivery.message_id)
        self.assertEqual(delivery.state, "sent")
        self.assertTrue(delivery.sent_date)
        self.assertIn(delivery.subject, self.move.message_ids.mapped("subject"))

    def test_email_comes_back(self):
        delivery = self._ask(self.move, "email")
        delivery._note_sent()
        self.env["mail.thread"].sudo()._routing_handle_bounce(
            None,
            {
                "email_from": "mailer-daemon@klant.example",
                "to": "bounce@dekat.example",
                "message_id": "<bounce@klant.example>",
                "bounced_email": "marie@klant.example",
                "bounced_partner": self.marie,
                "bounced_msg_ids": [delivery.message_id],
                "bounced_message": self.env["mail.message"].search(
                    [("message_id", "=", delivery.message_id)]
                ),
            },
        )
        self.assertEqual(delivery.state, "bounced")

    def test_sms(self):
        with self._twilio() as gateway:
            delivery = self._ask(self.move, "sms")
            self.assertEqual(delivery.state, "queued")
            self.env["sms.sms"].sudo().search(
                [("uuid", "=", delivery.external_id)]
            ).send()
            [sms] = gateway.sent_to("+32470123456")
        self.assertEqual(delivery.state, "sent")
        self.assertIn(delivery.short_url, sms.body)
        self.assertIn(self.move.name, sms.body)

    def test_sms_refused(self):
        with self._twilio() as gateway:
            gateway.faults.inject("refused", 21614)
            delivery = self._ask(self.move, "sms")
            self.env["sms.sms"].sudo().search(
                [("uuid", "=", delivery.external_id)]
            ).send()
            self.assertFalse(gateway.messages)
        self.assertEqual(delivery.state, "bounced")

    def _whatsapp_company(self, service):
        self.company.sudo().write(
            {
                "pom_whatsapp_phone": service.phone,
                "pom_whatsapp_token": service.token,
                "pom_whatsapp_secret": service.secret,
                "pom_whatsapp_url": service.url,
            }
        )

    def _send_whatsapp(self):
        with self.enter_registry_test_mode():
            self.env.ref("pom_message.cron_send_whatsapp").method_direct_trigger()
        self.env.invalidate_all()

    def test_whatsapp(self):
        with WhatsApp() as service:
            self._whatsapp_company(service)
            delivery = self._ask(self.move, "whatsapp")
            self._send_whatsapp()
            [message] = service.messages
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(message.to, "32470123456")
        self.assertEqual(message.language, "nl")
        self.assertIn(f"factuur {self.move.name}", message.parameters)
        self.assertTrue(delivery.url.endswith(message.button))

    def test_whatsapp_refused(self):
        with WhatsApp(templates={"other": 1}) as service:
            self._whatsapp_company(service)
            delivery = self._ask(self.move, "whatsapp")
            self._send_whatsapp()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("Template name", delivery.failure)

    def test_whatsapp_interrupted_is_not_sent_again(self):
        with WhatsApp() as service:
            self._whatsapp_company(service)
            delivery = self._ask(self.move, "whatsapp")
            delivery.state = "sending"
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE pom_delivery SET write_date = now() - interval '1 day' "
                "WHERE id = %s",
                [delivery.id],
            )
            self.env.invalidate_all()
            self._send_whatsapp()
            self.assertFalse(service.messages)
        self.assertEqual(delivery.state, "failed")

    def test_whatsapp_by_hand(self):
        delivery = self._ask(self.move, "whatsapp")
        self.assertEqual(delivery.state, "by_hand")
        action = delivery.action_do()
        self.assertTrue(action["url"].startswith("https://wa.me/32470123456?text="))
        self.assertEqual(delivery.state, "sent")

    def test_portal(self):
        self.env["res.users"].sudo().with_context(no_reset_password=True).create(
            {
                "name": "Marie",
                "login": "marie@klant.example",
                "partner_id": self.marie.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        delivery = self._ask(self.move, "portal")
        self.assertEqual(delivery.state, "sent")
        message = self.move.message_ids.filtered(
            lambda m: m.subject == delivery.subject
        )
        self.assertFalse(message.is_internal)

    def test_task(self):
        self._ask(self.move, "task", kind="asked")
        self.assertEqual(len(self.move.activity_ids), 1)


@tagged("standard", "post_install", "-at_install")
class TestNews(HttpCase, MessageCase):
    """What comes back over HTTP."""

    def setUp(self):
        super().setUp()
        self.move = self._invoice(DUE)
        self._agree(self.marie)

    def test_opening_the_link_is_not_seeing(self):
        """Mail scanners open every link: only a person's touch counts."""
        delivery = self._ask(self.move, "link")
        path = f"/p/{self.move.pom_paylink_id.token}"
        for _visit in range(3):
            answer = self.url_open(f"{path}?d={delivery.code}")
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            self.url_open(f"{path}/seen?d={delivery.code}").status_code, 405
        )
        delivery.invalidate_recordset()
        self.assertFalse(delivery.seen_date)
        answer = self.url_open(f"{path}/seen", data={"d": delivery.code})
        self.assertEqual(answer.status_code, 204)
        delivery.invalidate_recordset()
        self.assertTrue(delivery.seen_date)

    def test_codes_of_others(self):
        delivery = self._ask(self.move, "link")
        other = self._invoice(DUE)
        self.url_open(
            f"/p/{other.pom_paylink_id.token}/seen", data={"d": delivery.code}
        )
        delivery.invalidate_recordset()
        self.assertFalse(delivery.seen_date)

    def test_whatsapp_events(self):
        service = WhatsApp()
        service_message = self._whatsapp_message(service)
        path = f"/pom/whatsapp/{self.company.id}"
        for status, state in (("delivered", "delivered"), ("sent", "delivered")):
            body = service.event(service_message, status)
            self.assertEqual(self._post(path, body, service.headers(body)), 200)
            self.delivery.invalidate_recordset()
            self.assertEqual(self.delivery.state, state)
        body = service.event(service_message, "failed", "Not on WhatsApp")
        self.assertEqual(self._post(path, body, service.headers(body)), 200)
        self.delivery.invalidate_recordset()
        self.assertEqual(self.delivery.state, "bounced")

    def _whatsapp_message(self, service):
        self.delivery = self._ask(self.move, "whatsapp")
        self.delivery.external_id = "wamid.1"
        self.company.sudo().pom_whatsapp_secret = service.secret
        self.env.flush_all()
        return type("Message", (), {"id": "wamid.1", "to": "32470123456"})

    def test_whatsapp_events_nobody_signed(self):
        service = WhatsApp()
        message = self._whatsapp_message(service)
        path = f"/pom/whatsapp/{self.company.id}"
        body = service.event(message, "failed")
        service.secret = "another"
        self.assertEqual(self._post(path, body, service.headers(body)), 403)
        self.assertEqual(self._post(path, body, {}), 403)
        self.company.sudo().pom_whatsapp_secret = False
        self.env.flush_all()
        service.secret = ""
        self.assertEqual(self._post(path, body, service.headers(body)), 403)
        self.delivery.invalidate_recordset()
        self.assertEqual(self.delivery.state, "by_hand")

    def _post(self, path, body, headers):
        return self.url_open(path, data=body, headers=headers).status_code

    def test_whatsapp_address_is_verified(self):
        self.company.sudo().pom_whatsapp_verify = "tell me"
        self.env.flush_all()
        path = f"/pom/whatsapp/{self.company.id}?hub.challenge=42&hub.verify_token="
        self.assertEqual(self.url_open(path + "tell%20me").text, "42")
        self.assertEqual(self.url_open(path + "guess").status_code, 403)
