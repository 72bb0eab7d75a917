"""What asking promises, whichever the channel is: tests for each of them."""

from datetime import date

DUE = date(2026, 3, 31)


class AnyChannel:
    """Beside a MessageCase that has the ``code`` of the channel.

    It may also have ``_reach``, which makes somebody reachable by it.
    """

    def _reach(self, partner):
        pass

    @property
    def channel(self):
        return self.env["pom.delivery"]._channels()[self.code]

    def _asked(self, move, kind="invoice"):
        asked = {
            "kind": kind,
            "channel": self.code,
            "partner_id": move.partner_id.id,
            "company_id": move.company_id.id,
            "moves": move,
        }
        return self.env["pom.delivery"].sudo()._ask([asked])

    def setUp(self):
        super().setUp()
        self._reach(self.marie)
        self.move = self._invoice(DUE)

    def test_complete(self):
        deliveries = self.env["pom.delivery"]
        for method in (self.channel.send, self.channel.do):
            self.assertTrue(hasattr(deliveries, method), method)
        self.assertTrue(hasattr(self.marie, self.channel.address))
        self.assertIn(self.code, dict(deliveries._fields["channel"].selection))

    def test_it_says_where_it_reaches_somebody(self):
        self.assertTrue(self.marie._pom_address(self.code))
        address = self.marie._pom_address(self.code)
        self.assertEqual(self._asked(self.move).address, address)

    def test_who_refuses_it_is_not_reached(self):
        consents = self.env["pom.consent"]
        if self.code not in dict(consents._fields["channel"].selection):
            return
        self.env["pom.consent"].sudo().create(
            {
                "partner_id": self.marie.id,
                "company_id": self.company.id,
                "channel": self.code,
                "given": False,
                "wording": "No, thank you",
            }
        )
        self.assertEqual(self.marie._pom_address(self.code), "")

    def test_sent_or_waiting_never_lost(self):
        delivery = self._asked(self.move)
        self.assertTrue(delivery.url and delivery.short_text and delivery.subject)
        delivery._send()
        self.assertIn(delivery.state, ("queued", "by_hand", "sent"))
        self.assertTrue(delivery.state != "by_hand" or self.channel.by_hand)
        self.assertFalse(delivery.failure)

    def test_what_a_person_can_do(self):
        delivery = self._asked(self.move)
        delivery._send()
        with self.allow_pdf_render():
            action = delivery.with_context(force_report_rendering=True).action_do()
        self.assertTrue(action["type"].startswith("ir.actions."))

    def test_sent_with_the_invoice(self):
        method = self.channel.sending_method
        if method in ("", "email"):
            return
        self.marie.invoice_sending_method = method
        send = self.env["account.move.send"]
        self.assertIn(method, send._pom_methods())
        self.assertTrue(send._is_applicable_to_move(method, self.move))
        with self.allow_pdf_render():
            send._generate_and_send_invoices(self.move, sending_methods={method})
        sent = self.env["pom.delivery"].search([("move_ids", "in", self.move.ids)])
        self.assertEqual(sent.mapped("channel"), [self.code])

    def test_where_it_cannot_reach(self):
        nobody = self.env["res.partner"].create({"name": "Nobody", "lang": "nl_BE"})
        if nobody._pom_address(self.code):
            # A person is always reached by another person.
            self.assertTrue(self.channel.by_hand)
