"""What each place says of one invoice, side by side, so that disagreement fails."""

import re
import subprocess
import tempfile
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

from lxml import html

from odoo.addons.pom_payment.debt.standing import PAYABLE
from odoo.addons.pom_payment.tools import qr

from .readers_paper import PaperReaders
from .readers_portal import PortalReaders
from .readers_portal import amount as _amount

#: Words that a page shows together: what can be done there is the same.
SHOWN = {
    "overdue": "open",
    "partial": "open",
    "handed_over": "open",
    "reversed": "credit",
    "draft": "withdrawn",
    "cancelled": "withdrawn",
}
#: Words of what is being paid through a provider, if it is by one.
THROUGH_PROVIDER = {"in_progress", "received", "held"}
#: What the list of a statement says of a debt that can't be paid there now.
ROWS = {
    "in_progress": "is being paid",
    "received": "received, being booked",
    "held": "received, we are looking at it",
    "collected": "we collect this",
    "disputed": "you don't agree with this",
    "covered": "covered by your credit",
    "blocked": "not to be paid now",
    "withdrawn": "not to be paid now",
}


class Said(NamedTuple):
    """What all places agree on.

    :param asked: what page, code, mail and third systems ask; None where nothing is
    :param late: days, as list, third systems and report count them
    :param unasked: its day has passed, and it isn't asked
    :param silence: why the reminders leave it out; '' if they don't
    :param alone: what of it is asked of the invoice itself, where reminders asked more
        on top
    """

    word: str
    asked: str | None
    late: int = 0
    silence: str = ""
    unasked: bool = False
    alone: str | None = None


#: Ages of the debtors' list, in the words of the report.
AGES = {
    "coming": "0",
    "30": "1",
    "60": "2",
    "90": "3",
    "older": "4",
    "unasked": "5",
}


class Readers(PortalReaders, PaperReaders):
    """Asks every reader; for a test case of ``PayPageCase``."""

    def assert_says(self, move, said):
        """Every place says this of the invoice."""
        self.env.flush_all()
        self.env.invalidate_all()
        age = "unasked" if said.unasked else move._pom_age(said.late)
        expected = {
            "icon": said.word,
            "page": SHOWN.get(said.word, said.word),
            "poll": said.word,
            "picture": self._label(said.word),
            "portal": said.word in PAYABLE,
            "portal late": bool(said.late),
            "third systems": said.word,
            "push": said.word,
            "list days": said.late,
            "third systems days": said.late,
            "report days": said.late,
            "list age": AGES[age],
            "report age": AGES[age],
            "found by age": True,
            "found as late": bool(said.late),
            "reminders": said.silence,
            "matching": bool(
                {said.word, said.silence} & THROUGH_PROVIDER and move.transaction_ids
            ),
            **{place: said.asked for place in self._asking(move, said)},
        }
        if said.alone is not None:
            # The list says what of each part; the message adds what is on top.
            expected["reminder list"] = said.alone
        if move.state == "posted":
            expected["portal words"] = unescape(self._label(said.word))
        found = self.readings(move, said)
        self.assertEqual({name: found[name] for name in expected}, expected)

    def _asking(self, move, said):
        places = ["field", "third systems asked", "mail", "printed code"]
        if said.asked is not None:
            places += ["portal list"]
        if said.asked is not None and not move.pom_standing.discount:
            places += ["portal page"]
        if said.asked is None or not said.silence:
            places += ["reminder list"]
        # Who contests, or has nothing due, is shown a way to pay all the same.
        if said.asked is not None or SHOWN.get(said.word, said.word) != "open":
            places += ["page amount", "page code"]
        return places

    def readings(self, move, said):
        page = self._page(move)
        told, row = move._pom_told(), self.portal_row(move)
        late_since = told["late_since"] and date.fromisoformat(told["late_since"])
        today = self.company._pom_today()
        return {
            "icon": move.pom_payment_status,
            "field": _amount(move.pom_amount_asked),
            "page": page.body.get("data-state"),
            "page amount": self._page_amount(page),
            "page code": self._code_amount(self._page_code(move)),
            "poll": self.url_open(f"{self._path(move)}/status.json").json()["status"],
            "picture": self._picture(move),
            "portal": move._has_to_be_paid(),
            "mail": self._mail_amount(move),
            "printed code": self._printed_amount(move),
            "third systems": told["status"],
            "third systems asked": _amount(told["amount_asked"]),
            "third systems days": (today - late_since).days if late_since else 0,
            "push": self._pushed(move),
            "list days": move.pom_days_overdue,
            "report days": self._report_days(move),
            "list age": AGES[move.pom_age],
            "report age": self._report_age(move),
            "found by age": self._is_found(move, ("pom_age", "=", move.pom_age)),
            "found as late": self._is_found(move, ("pom_days_overdue", ">", 0)),
            "portal words": row.words,
            "portal list": row.amount,
            "portal page": self.portal(move),
            "portal late": self.portal_is_late(move),
            "reminder list": self._to_remind(move),
            "reminders": self._silence(move),
            "matching": move.id in move._pom_ids_under_way(),
        }

    # -- the debtor's places -----------------------------------------------------------

    def _path(self, move):
        # The link that was printed, live or not.
        return f"/p/{move.pom_paylink_ids[:1].token}"

    def _page(self, move):
        answer = self.url_open(f"{self._path(move)}?lang=en_US")
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.text)

    def _page_amount(self, page):
        shown = page.xpath("//h1/span[@class='amount']")
        state = page.body.get("data-state")
        if not shown or state == "in_progress":
            return None
        return _amount(shown[0].text_content())

    def _page_code(self, move):
        answer = self.url_open(f"{self._path(move)}/transfer.png")
        is_shown = self._page(move).xpath("//section[contains(@class, 'transfer')]")
        return answer.content if answer.status_code == 200 and is_shown else None

    def _code_amount(self, picture):
        payload = picture and scan(picture)
        return _amount(payload.split("\n")[7]) if payload else None

    def _printed_amount(self, move):
        """Of the bank code on the PDF: the same drawing as the page's."""
        printed = move._generate_qr_code(silent_errors=True)
        if not printed:
            return None
        payload = scan(self._page_code(move))
        self.assertEqual(printed, qr.data_uri(qr.svg(payload)))
        return _amount(payload.split("\n")[7])

    def _picture(self, move):
        svg = self.url_open(f"{self._path(move)}/status.svg?lang=en_US").text
        return re.search("<title>(.*?)</title>", svg)[1]

    def _label(self, word):
        field = self.env["account.move"]._fields["pom_payment_status"]
        labels = dict(field.selection)
        return labels[word].replace("'", "&#x27;")

    def _mail_amount(self, move):
        template = self.env.ref("pom_payment.mail_template_invoice")
        template = template.with_context(lang="en_US")
        body = template._generate_template(move.ids, ("body_html",))[move.id]
        text = html.fromstring(str(body["body_html"])).text_content()
        shown = re.search(r"Amount due\s*(\S[^\n]*)", text)
        self.assertEqual("Pay now" in text, bool(shown))
        if "settled" in text:
            self.assertIn(move.pom_payment_status, ("paid", "received", "reversed"))
        return _amount(shown[1]) if shown else None

    def statement_page(self, move):
        links = self.env["pom.paylink"].sudo()
        link = links._statement_of(move.partner_id, move.company_id)
        self.env.flush_all()
        return html.fromstring(self.url_open(f"/p/{link.token}?lang=en_US").text)

    def statement_row(self, move):
        """What the statement of this debtor says of the invoice, as a text."""
        page = self.statement_page(move)
        [row] = page.xpath(f"//li[.//input[@value='{move.id}']]")
        return page.body.get("data-state"), " ".join(row.text_content().split())

    # -- the creditor's places ---------------------------------------------------------

    def _pushed(self, move):
        move._pom_tell_later()
        self.env.cr.flush()
        events = self.env["pom.outbound.event"].search([("move_id", "=", move.id)])
        return events.sorted("id")[-1:].status

    def _report_days(self, move):
        rows = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        return max(rows.mapped("days_overdue"), default=0)

    def _report_age(self, move):
        rows = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        late = rows.filtered("days_overdue") or rows
        # What is settled has no row, and no age.
        return max(late.mapped("age"), default=AGES[move.pom_age])

    def _is_found(self, move, condition):
        return bool(move.search_count([condition, ("id", "=", move.id)]))

    def _to_remind(self, move):
        """What the reminders' list asks of the parts that are asked now."""
        days = move._pom_askings()[move.id].days()
        today = self.company._pom_today()
        due = [day for day in days if day <= today]
        standing = move.pom_standing
        ahead = days[:1] if standing.asked and not standing.late_since else []
        reminders = self.env["pom.reminder"].create(
            [
                {
                    "move_id": move.id,
                    "due_date": day,
                    "company_id": move.company_id.id,
                    "partner_id": move.partner_id.id,
                    "planned_date": day,
                }
                for day in due or ahead
            ]
        )
        total = sum(reminders.mapped("amount"))
        reminders.unlink()
        return _amount(f"{total:.2f}")

    def _silence(self, move):
        standing = move._pom_standings_to_ask()[move.id]
        return standing.silence


def scan(picture):
    """The text of the code in a PNG."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "code.png")
        path.write_bytes(picture)
        found = subprocess.run(
            ["zbarimg", "-q", "--raw", "--nodbus", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
    return found.stdout.removesuffix("\n")
