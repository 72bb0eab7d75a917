"""Currencies, alphabets, branches and contacts of all kinds."""

from unittest.mock import patch
from urllib.parse import quote

from lxml import html

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.pom_payment.models import pom_paylink_debt

from tests.company import provider_of
from tests.odoo.payment.common import PayPageCase

AMOUNTS = (
    ("KWD", 10.125, "10.125"),
    ("TND", 99.5, "99.500"),
    ("JPY", 1234.0, "1234"),
    ("IDR", 1500000000.0, "1500000000.00"),
    ("HUF", 1234567.89, "1234567.89"),
)


@tagged("standard", "post_install", "-at_install")
class TestEverywhere(PayPageCase):
    def _in(self, code, amount):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        currency.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "rate": 2,
                "name": "2020-01-01",
            }
        )
        return self.invoice(amount, currency_id=currency.id)

    def test_what_the_form_brings_back_is_what_it_showed(self):
        """Three decimals, none, and more than 10⁹."""
        for code, amount, written in AMOUNTS:
            move = self._in(code, amount)
            link = move.pom_paylink_id
            fields = self.fields_of(move) if link._ways_offered(link._choice()) else {}
            typed = fields.get("amount") or str(link._choice().amount)
            self.assertEqual(typed, written)
            choice = link._choice(typed=typed)
            self.assertEqual((choice.problem, float(choice.amount)), ("", amount), code)

    def test_parts_in_three_decimals(self):
        self.company.write({"pom_part_allowed": True, "pom_part_minimum": 0.001})
        move = self._in("KWD", 10.135)
        choice = move.pom_paylink_id._choice(typed="5.067")
        self.assertEqual((choice.problem, str(choice.amount)), ("", "5.067"))
        choice = move.pom_paylink_id._choice(typed="5,0675")
        self.assertEqual(choice.problem, "unreadable")

    def test_a_long_statement_has_pages(self):
        """Each is chosen from, paid and left by itself; the totals are of all."""
        for number in range(5):
            self.invoice(10 + number)
        link = self.env["pom.paylink"]._statement_of(self.marie, self.company)
        every = link._documents()
        self.env.flush_all()
        count = -(-len(every) // 2)
        with patch.object(pom_paylink_debt, "PAGE", 2):
            pages = [
                html.fromstring(self.url_open(f"/p/{link.token}?page={n}").text)
                for n in range(1, count + 1)
            ]
            beyond = html.fromstring(self.url_open(f"/p/{link.token}?page=99").text)
        shown = [self._items(page) for page in pages]
        self.assertEqual(sorted(sum(shown, [])), sorted(every.ids))
        self.assertLessEqual({len(ids) for ids in shown}, {1, 2})
        self.assertEqual(self._items(beyond), shown[-1])
        total = f"{sum(every.mapped('amount_residual')):.2f}"
        for page in pages:
            self.assertIn(total, page.text_content().replace(",", "."))
        [later] = pages[0].xpath("//a[contains(@href, 'page=')]/@href")
        self.assertIn("page=2", later)
        # What is paid there is of that page.
        actions = set(pages[1].xpath("//form[contains(@action, '/pay')]/@action"))
        self.assertTrue(actions)
        for action in actions:
            self.assertIn("page=2", action)

    def _items(self, page):
        """Ids of the documents that one may choose from."""
        boxes = page.xpath("//form[@method='get']//input[@name='item']/@value")
        return [int(one) for one in boxes]

    def test_paid_in_dinars(self):
        demo = provider_of(self.env, "demo", self.company)
        method = demo.with_context(active_test=False).payment_method_ids[:1]
        move = self._in("KWD", 10.125)
        attempt = move.pom_paylink_id._create_attempt(demo, method, "online_direct")
        self.assertEqual(attempt.amount, 10.125)
        self.assertEqual(str(attempt._pom_decimal(attempt.amount)), "10.125")

    def test_numbers_in_any_alphabet(self):
        """Files are named after documents."""
        names = ("חשבונית/7", "発票-8", "Rech„nung“ 9")
        for number, name in enumerate(names):
            move = self.invoice(10 + number)
            move.name = name
            self.register_payment(move)
            path = f"/p/{move.pom_paylink_id.token}"
            for file in ("receipt.pdf", "invoice.pdf"):
                answer = self.url_open(f"{path}/{file}")
                self.assertEqual(answer.status_code, 200, name)
                shown = answer.headers["Content-Disposition"]
                self.assertTrue(shown.isascii())
            answer = self.url_open(f"{path}/receipt.pdf")
            plain = quote(name.replace("/", "-"), safe="")
            self.assertIn(plain, answer.headers["Content-Disposition"])

    def _merge(self, kept, *others):
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "state": "selection",
                "dst_partner_id": kept.id,
                "partner_ids": [Command.set([kept.id, *(one.id for one in others)])],
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def test_merged_contacts_keep_their_printed_links(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Els {number}", "lang": "en_US"} for number in range(3)]
        )
        first, second, third = partners
        moves = [
            self.invoice(amount, partner_id=partner.id)
            for partner, amount in zip(partners, (10, 20, 40), strict=True)
        ]
        links = self.env["pom.paylink"]
        tokens = [
            links._statement_of(partner, self.company).token
            for partner in (first, second)
        ]
        self._merge(first, second)
        for token in tokens:
            self.assertEqual(links._find(token)._choice().amount, 30)
            page = self.page_of(f"/p/{token}").text_content()
            self.assertIn(moves[1].name, page)
        # Merged once more, into one who has no statement yet.
        self._merge(third, first)
        for token in tokens:
            self.assertEqual(links._find(token)._choice().amount, 70)
        live = links._statement_of(third, self.company)
        self.assertIn(live.token, tokens)
        for move, amount in zip(moves, (10, 20, 40), strict=True):
            self.assertEqual(move.partner_id, third)
            self.assertEqual(
                links._find(move.pom_paylink_id.token), move.pom_paylink_id
            )
            self.assertEqual(move.pom_paylink_id._choice().amount, amount)
        # Taken back is taken back, by whichever link one comes.
        live.action_withdraw()
        for token in tokens:
            self.assertEqual(links._find(token).state, "withdrawn")

    def test_branch_shows_its_parent_s_account(self):
        branch = self.env["res.company"].create(
            {"name": "Filiaal Brugge", "parent_id": self.company.id}
        )
        account = self.company.partner_id.bank_ids[:1]
        self.assertTrue(account)
        self.assertEqual(branch._pom_bank_account(), account)
        link = self.env["pom.paylink"]._statement_of(self.marie, branch)
        nothing = self.env["account.move"]
        self.assertEqual(link._account(nothing), account)
        # What invoices of the branch, which name no account, fall back to.
        move = self.invoice()
        move.partner_bank_id = False
        self.assertEqual(move._pom_bank_account(), account)
        own = self.env["res.partner.bank"].create(
            {"acc_number": "BE71096123456769", "partner_id": branch.partner_id.id}
        )
        self.env.invalidate_all()
        self.assertEqual(branch._pom_bank_account(), own)
        self.assertEqual(link._account(nothing), own)

    def _check_stays(self, provider, told):
        with self.assertRaisesRegex(UserError, f"can't be deleted: {told} begun"):
            provider.unlink()

    def test_provider_with_payments_says_why_it_stays(self):
        another = self.provider.copy({"name": "Another Contract"})
        link = self.move.pom_paylink_id
        first = link._create_attempt(another, self.method, "online_redirect")
        self._check_stays(another, "a payment was")
        second = first.copy({"reference": "begun again"})
        self._check_stays(another, "2 payments were")
        (first | second).unlink()
        another.unlink()
