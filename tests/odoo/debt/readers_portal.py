"""What core's portal says of an invoice: its list, its page, and its route."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import html

from odoo.tests import new_test_user


class Row(NamedTuple):
    day: str = ""
    amount: str | None = None
    words: str = ""


def amount(text):
    """As cents, or None for nothing."""
    plain = re.sub(r"[^0-9.]", "", str(text))
    number = Decimal(plain or "0")
    return f"{number:.2f}" if number else None


class PortalReaders:
    """For a test case of ``PayPageCase`` with a debtor ``els``."""

    def portal_row(self, move):
        """What the list says to who is logged in.

        :rtype: Row
        """
        if not self.els.user_ids:
            new_test_user(
                self.env, "els", groups="base.group_portal", partner_id=self.els.id
            )
        self.authenticate("els", "els")
        answer = self.url_open("/my/invoices")
        self.assertEqual(answer.status_code, 200, answer.text[-3000:])
        page = html.fromstring(answer.text)
        self.authenticate(None, None)
        rows = page.xpath(f"//tbody/tr[.//a[@title='{move.name}']]")
        if not rows:
            return Row()
        day, shown, words = (
            " ".join(rows[0].xpath(f"td[@name='{name}']")[0].text_content().split())
            for name in ("invoice_day", "invoice_amount", "invoice_status")
        )
        pictures = rows[0].xpath("td[@name='invoice_status']//img/@alt")
        return Row(day, amount(shown), " ".join([words, *pictures]).strip())

    def portal(self, move):
        """What the invoice's page shows to pay now or next."""
        page = html.fromstring(self.url_open(move.get_portal_url()).text)
        self.assertFalse(page.xpath("//*[@id='o_payment_form']"))
        shown = page.xpath("//h4[@name='installment_amount']")
        left = page.xpath("//div[contains(@class, 'alert-warning')]/span")
        total = page.xpath("//h2/span")
        found = shown or left or total
        return amount(found[0].text_content()) if found else None

    def portal_is_late(self, move):
        """Whether the invoice's page tells of a day that has passed."""
        page = html.fromstring(self.url_open(move.get_portal_url()).text)
        told = page.xpath(
            "//div[contains(@class, 'small')]"
            "/span[contains(@class, 'o_portal_sidebar_timeago')]/@datetime"
        )
        today = self.company._pom_today()
        return any(date.fromisoformat(day[:10]) < today for day in told)

    def portal_pay(self, move, paid, **values):
        """Press Pay on core's form, as its script does; the error message, if any."""
        call = {
            "access_token": move._portal_ensure_token(),
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": paid,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my/invoices",
            **values,
        }
        answer = self.opener.post(
            f"{self.base_url()}/invoice/transaction/{move.id}",
            json={"jsonrpc": "2.0", "params": call},
            timeout=60,
        ).json()
        return answer.get("error", {}).get("data", {}).get("message", "")
