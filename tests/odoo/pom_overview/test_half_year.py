"""Figures of half a year, against what is counted without them."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.pom_overview.models import pom_debt_figure_keeping as keeping

from tests.company import provider_of
from tests.odoo.pom_overview.half_year import FIRST, LAST, counted, draw
from tests.odoo.pom_reminder.common import Days, ReminderCase

END = datetime.combine(LAST, datetime.min.time()) + timedelta(hours=20)


@tagged("standard", "post_install", "-at_install")
class TestHalfYear(ReminderCase):
    def test_half_year(self):
        self.company.pom_thank_you = False
        stories = draw()
        self.moves = {}
        with Days(self, FIRST) as self.days:
            for story in stories:
                self._tell(story)
            log = self.days.until(LAST)
        for story in stories:
            mine = (story.email, story.phone)
            story.mails = [
                date.fromisoformat(day) for day, to, _text in log if to in mine
            ]
        with freeze_time(END):
            self._check_rows(stories)
            self._check_page(stories)
            self._check_books(stories)
            self._check_doors()
            self._check_kept()

    # -- what happens ------------------------------------------------------------------

    def _tell(self, story):
        partner = self._debtor(
            story.name,
            story.email,
            lang=story.lang,
            is_company=story.is_company,
            phone=story.phone,
        )

        def invoice():
            move = self._invoice(
                story.due, story.amount, partner, invoice_date=story.invoiced
            )
            self.moves[story.name] = move
            self._ask(move, "email")

        self.days.on(story.invoiced.isoformat(), invoice)
        if story.looks:
            day = story.invoiced + timedelta(story.looks)
            self.days.on(day.isoformat(), lambda: self._look(story))
        if story.paid_on:
            settle = getattr(self, f"_settle_{story.way}")
            self.days.on(
                story.paid_on.isoformat(), lambda: settle(self.moves[story.name])
            )

    def _look(self, story):
        message = self.moves[story.name].pom_delivery_ids.sorted("id")[-1]
        message._note_seen(message.paylink_id, message.code)

    def _settle_registered(self, move):
        self._pay(move)

    def _settle_transfer(self, move):
        journal = self.company_data["default_journal_bank"]
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.company._pom_today(),
                "amount": move.amount_residual,
                "payment_ref": move.name,
                "partner_id": move.partner_id.id,
            }
        )
        if line.is_reconciled:
            return
        other = line._seek_for_lines()[1]
        account = self._debt(move).account_id
        other.with_context(skip_readonly_check=True).account_id = account
        (self._debt(move) + other).reconcile()

    def _settle_online(self, move):
        provider = provider_of(self.env(su=True), "demo", self.company)
        provider.state = "test"
        attempt = (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": self.env["payment.method"]
                    .search([], limit=1)
                    .id,
                    "reference": f"{move.name}-online",
                    "amount": move.amount_residual,
                    "currency_id": move.currency_id.id,
                    "partner_id": move.partner_id.id,
                    "operation": "online_redirect",
                    "invoice_ids": [(6, 0, move.ids)],
                }
            )
        )
        attempt._set_done()
        attempt._post_process()

    def _settle_credit_note(self, move):
        refund = move._reverse_moves([{"invoice_date": self.company._pom_today()}])
        refund.action_post()
        if move.amount_residual:
            (self._debt(move) + self._debt(refund)).reconcile()

    def _debt(self, move):
        return move.line_ids.filtered(lambda line: line.date_maturity)[:1]

    # -- what is said of it ------------------------------------------------------------

    def _figure(self, move):
        return self.env["pom.debt.figure"].search([("move_id", "=", move.id)])

    def _check_rows(self, stories):
        self.env.flush_all()
        self.assertGreater(sum(len(story.mails) for story in stories), 40)
        for story in stories:
            row = self._figure(self.moves[story.name])
            sent = row.delivery_id.sent_date
            said = {
                "asked": row.asked_date.date(),
                "paid": row.paid_date,
                "credited": sent and sent.date(),
                **{
                    name: row[name]
                    for name in story.expected
                    if name not in ("asked", "paid", "credited")
                },
            }
            with self.subTest(story.name):
                self.assertEqual(said, story.expected)
                self._check_messages(story, row)

    def _check_messages(self, story, row):
        """On the messages, too, one is taken for it, and none that never left."""
        messages = row.move_id.pom_delivery_ids
        paid_after = messages.filtered("paid_date")
        if story.way != "credit_note":
            self.assertEqual(paid_after, row.delivery_id)
        self.assertFalse(paid_after.filtered(lambda message: not message.sent_date))

    def _asked(self, **asked):
        return {"company": self.company.id, "period": "half", **asked}

    def _check_page(self, stories):
        overview, count = self.env["pom.overview"], counted(stories)
        scope = overview._scope(self._asked())
        speed = overview._speeds(scope)["all",]
        self.assertEqual(
            (speed.count, speed.paid, speed.median),
            (count["count"], count["paid"], count["median"]),
        )
        self.assertEqual(
            (speed.on_time, speed.ripe, speed.quick),
            (count["on_time"], count["ripe"], count["quick"]),
        )
        totals = overview._totals(scope)
        for name in ("reminders", "paid", "paid_unreminded"):
            self.assertEqual(totals[name], count[name], name)
        self.assertEqual(float(totals["recovered"]), count["recovered"])
        self.assertEqual(totals["asked"], count["count"])
        self.assertGreater(totals["seen"], 0)
        for group in ("consumer", "business"):
            meant = [s for s in stories if s.expected["group"] == group]
            mine = overview._speeds(overview._scope(self._asked(group=group)))
            self.assertEqual(mine["all",].count, counted(meant)["count"])

    def _check_books(self, stories):
        """Equal to the account, whoever adds it up."""
        overview = self.env["pom.overview"]
        money = self._section(overview.load_open(self._asked()), "money")
        tiles = money["tiles"]
        opened = self.company.currency_id.format(counted(stories)["open"])
        self.assertEqual(tiles[0]["text"], opened)
        account = money["tables"][1]
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(
            account["total"]["cells"][0]["value"],
            self.company.currency_id.round(sum(lines.mapped("balance"))),
        )
        parts = [row["cells"][0]["value"] for row in account["rows"]]
        self.assertAlmostEqual(sum(parts), account["total"]["cells"][0]["value"])

    def _section(self, page, code):
        return next(one for one in page if one["code"] == code)

    def _check_doors(self):
        """Behind each number are as many records as it says."""
        overview, checked = self.env["pom.overview"], 0
        page = overview.load(self._asked())["sections"]
        for section in page + overview.load_open(self._asked()):
            # Amounts stand before counts.
            at = 1 if section["code"] == "money" else 0
            cells = [
                row["cells"][at]
                for table in section.get("tables") or ()
                for row in table["rows"]
                if len(row["cells"]) > at
            ]
            for cell in (*section.get("tiles", ()), *cells):
                if not cell["door"]:
                    continue
                action = overview.open(cell["door"], self._asked())
                found = self.env[action["res_model"]].search_count(action["domain"])
                if section["code"] in ("speed", "funnel", "money") and "value" in cell:
                    self.assertEqual(found, cell["value"], cell["door"])
                    checked += 1
                elif section["code"] == "to_do":
                    self.assertEqual(str(found), cell["text"], cell["door"])
                    checked += 1
        self.assertGreater(checked, 10)

    def _check_kept(self):
        """What is kept of large books is the same, and what changes is seen at once."""
        figures = self.env["pom.debt.figure"]
        names = list(figures._columns())
        mine = [("company_id", "=", self.company.id)]
        known = figures.search([*mine, ("days_late", ">", 0), ("way", "=", "transfer")])
        self._invoice(LAST, 10, known[0].partner_id)
        live = figures.search(mine).read(names)
        with patch.object(keeping, "AT_ONCE", 0):
            figures._keep()
            self.assertFalse(figures._is_kept(), "changes are noted before that")
            figures._keep()
            self.assertTrue(figures._is_kept())
            self.env.invalidate_all()
            self.assertEqual(figures.search(mine).read(names), live)
            self._check_page_of_kept()
            self._check_changes(mine)
        figures._keep()
        self.assertFalse(figures._is_kept())
        self.assertFalse(figures._notes_changes())

    def _page(self):
        """What the page says of the period, by group of customers."""
        overview = self.env["pom.overview"]
        scopes = [
            overview._scope(self._asked(period=period, group=group))
            for period in ("half", "month", "last_month", "all")
            for group in ("", "consumer", "business")
        ]
        self.env.invalidate_all()
        return [(overview._speeds(one), overview._totals(one)) for one in scopes]

    def _check_page_of_kept(self):
        """Rows, sums and open items that are kept, with what changed since, are those
        that are counted where nothing is.
        """
        figures = self.env["pom.debt.figure"]
        self.assertTrue(figures._is_kept() and figures._keeps_open())
        kept, rows, items = self._page(), self._rows(figures), self._items()
        self.assertGreater(kept[0][0]["all",].count, 10)
        with self.env.cr.savepoint(flush=False) as before:
            for table in ("pom_debt_figure_kept", "pom_debt_open_kept"):
                self.env.cr.execute(f"DELETE FROM {table}")
            self.assertFalse(figures._is_kept() or figures._keeps_open())
            self.assertEqual(self._page(), kept)
            self.assertEqual(self._rows(figures), rows)
            self.assertEqual(self._items(), items)
            before.rollback()

    def _rows(self, model):
        mine = model.search([("company_id", "=", self.company.id)], order="id")
        names = [name for name, field in model._fields.items() if field.store]
        return mine.read(names)

    def _items(self):
        """What the report of open items says, and the page of it."""
        self.env.invalidate_all()
        pages = [
            self.env["pom.overview"].load_open(self._asked(group=group))
            for group in ("", "consumer", "business")
        ]
        return pages, self._rows(self.env["pom.debtor.report"])

    def _item(self, move):
        self.env.invalidate_all()
        return self.env["pom.debtor.report"].search([("move_id", "=", move.id)])

    def _check_changes(self, mine):
        owing, other = [m for m in self.moves.values() if m.amount_residual][:2]
        gone = next(m for m in self.moves.values() if not m.amount_residual)
        told = next(m for m in self.moves.values() if m not in owing + gone)
        messages = sum(self._figure(told).mapped("messages"))
        paid = bool(self._figure(told).paid_date)
        for change, check in (
            (lambda: self._pay(owing), lambda: self._figure(owing).paid_date),
            (gone.button_draft, lambda: not self._figure(gone)),
            (
                lambda: self._say(told),
                lambda: paid or self._figure(told).messages == messages + 1,
            ),
            (
                lambda: owing.line_ids.remove_move_reconcile(),
                lambda: not self._figure(owing).paid_date,
            ),
            (
                lambda: owing.write({"pom_disputed_amount": 5}),
                lambda: self._figure(owing).disputed == 5,
            ),
            (
                lambda: owing.write({"pom_disputed_amount": 0, "pom_quiet_until": END}),
                lambda: self._item(owing).quiet_until == LAST,
            ),
            (
                lambda: other.commercial_partner_id.write({"pom_quiet_until": END}),
                lambda: self._item(other).quiet_until == LAST,
            ),
            (
                lambda: owing.pom_paylink_id.sudo().action_withdraw(),
                lambda: self._item(owing).age == "5",
            ),
            (
                lambda: self._debt(other).write({"date_maturity": FIRST}),
                lambda: self._item(other).date_maturity == FIRST,
            ),
            (
                lambda: self._deposit(other.partner_id),
                lambda: self._item(self.deposit.move_id).kind == "payments",
            ),
            (
                lambda: self.deposit.unlink(),
                lambda: not self.env["pom.debtor.report"].search(
                    [("residual", "=", -1.23)]
                ),
            ),
        ):
            change()
            self.env.invalidate_all()
            self.assertTrue(check(), "at once, before it's written down")
            self.env.cr.flush()
            self.env.invalidate_all()
            self.assertTrue(check(), "and when it's noted")
            self._check_page_of_kept()
        self._check_sums(mine)

    def _deposit(self, partner):
        """Money of a customer that is for nothing yet."""
        journal = self.company_data["default_journal_bank"]
        self.deposit = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.company._pom_today(),
                "amount": 1.23,
                "payment_ref": "deposit",
                "partner_id": partner.id,
            }
        )
        other = self.deposit._seek_for_lines()[1]
        account = partner.property_account_receivable_id
        other.with_context(skip_readonly_check=True).account_id = account

    def _say(self, move):
        """A message that leaves now."""
        asked = {"kind": "invoice", "channel": "email", "moves": move}
        asked |= {"partner_id": move.partner_id.id, "company_id": self.company.id}
        self.env["pom.delivery"].sudo()._ask([asked])._note_sent()

    def _check_sums(self, mine):
        """The kept rows, with what changed and without, add up to what the journal
        items say.
        """
        figures = self.env["pom.debt.figure"]
        seen = figures.search(mine).read(list(figures._columns()))
        for _time in range(2):
            lines = self.env["account.move.line"].search(
                [
                    *mine,
                    ("display_type", "=", "payment_term"),
                    ("parent_state", "=", "posted"),
                    ("balance", ">", 0),
                    ("move_id.move_type", "in", ("out_invoice", "out_receipt")),
                ]
            )
            [row] = figures._read_group(
                mine, [], ["amount:sum", "residual:sum", "__count"]
            )
            self.assertAlmostEqual(row[0], sum(lines.mapped("balance")))
            self.assertAlmostEqual(row[1], sum(lines.mapped("amount_residual")))
            self.assertEqual(row[2], len(lines))
            figures._keep()
            self.env.invalidate_all()
            self.env.cr.execute("SELECT COUNT(*) FROM pom_debt_figure_touched")
            self.assertEqual(self.env.cr.fetchone(), (0,))
            after = figures.search(mine).read(list(figures._columns()))
            self.assertEqual(after, seen)
            self._check_page_of_kept()
