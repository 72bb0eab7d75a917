"""Several files and zips at once, as they are dropped on a journal's card."""

import io
import random
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from odoo.addons.pom_reconcile.formats import archive

from tests.simulators.bank import Bank

from .common import DAY, ReconcileCase

OTHER = "BE71096123456769"
STRANGER = "BE89190000000185"


class ManyFilesCase(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.journal.copy({"name": "Savings"})
        cls.other.bank_account_id = cls._bank_account(cls.company.partner_id, OTHER)

    def _days(self, bank, *texts):
        """Return a file a day, each with one payment of 10."""
        files = []
        for number, text in enumerate(texts):
            day = DAY + timedelta(number)
            bank.receive("10.00", "Wie", STRANGER, text, date=day)
            files.append((f"{bank.account.iban}-{number}.cod", bank.statement(day)))
        return files

    def _zip(self, *files):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as one:
            for name, data in files:
                one.writestr(name, data)
        return "all.zip", target.getvalue()

    def _drop(self, *files, journal=None, user=None):
        """Drop files on a card; return the wizard, or the record that is shown."""
        journal = journal or self.journal
        if user:
            journal = journal.with_user(user)
        attachments = journal.env["ir.attachment"].create(
            [{"name": name, "raw": data} for name, data in files]
        )
        context = {"default_journal_id": journal.id, "default_move_type": "entry"}
        action = journal.with_context(**context).create_document_from_attachment(
            attachments.ids
        )
        return self.env[action["res_model"]].browse(action["res_id"])

    def _statements(self, journal):
        return self.env["account.bank.statement"].search(
            [("journal_id", "=", journal.id)], order="id"
        )


class TestManyFiles(ManyFilesCase):
    def test_all_zips_together_are_bounded(self):
        """Each is small, and so is what is in it; a hundred would be too much."""
        files = self._days(self._bank(), "a", "b")
        zips = [self._zip(one) for one in files]
        most = max(len(data) for _name, data in files)
        with patch.object(archive, "MOST_BYTES", most + 1):
            self.assertFalse(self._drop(zips[0]).pom_refusal)
            wizard = self._drop(*zips)
        self.assertIn("too large", wizard.pom_refusal)
        self.assertEqual(len(self._statements(self.journal)), 1)

    def test_one_summary(self):
        invoice = self._invoice(10)
        first, _lost, third, fourth = self._days(
            self._bank(), invoice.payment_reference, "lost", "b", "c"
        )
        saved = self._days(Bank(OTHER), "d", "e")
        self._drop(first)
        files = [first, fourth, third, self._zip(*reversed(saved))]
        random.Random(1).shuffle(files)
        wizard = self._drop(*files)
        self.assertEqual(
            wizard.pom_summary.splitlines()[0],
            "Files: 5. Accounts: 2. Transactions: 4 new, 1 known.",
        )
        self.assertIn("opens at", wizard.pom_summary)
        self.assertEqual(wizard.pom_summary.count("Missing:"), 1)
        self.assertTrue(wizard.pom_summary.endswith("0 matched, 4 for you."))
        self.assertEqual(wizard.pom_left, 4)
        for journal, count in ((self.journal, 3), (self.other, 2)):
            statements = self._statements(journal)
            self.assertEqual(len(statements), count)
            self.assertEqual(
                statements.mapped("date"), sorted(statements.mapped("date"))
            )
        found = self.env["pom.match.queue"].load(
            wizard.action_pom_queue()["context"]["scope"]
        )
        self.assertEqual(found["left"], 4)

    def test_files_are_kept_with_their_statements(self):
        first, second = self._days(self._bank(), "a", "b")
        one, two = self._drop(first, second).pom_statement_ids.sorted("date")
        self.assertEqual(one.attachment_ids.name, first[0])
        self.assertEqual(two.attachment_ids.raw, second[1])
        received = self.env["pom.statement.received"].search([], limit=2)
        self.assertEqual(set(received.mapped("file_name")), {first[0], second[0]})

    def test_nothing_new(self):
        (only,) = self._days(self._bank(), "a")
        self._drop(only)
        wizard = self._drop(only)
        self.assertIn("0 new, 1 known", wizard.pom_summary)
        self.assertFalse(wizard.pom_statement_ids)

    def test_all_or_nothing(self):
        good, bad = self._days(self._bank(), "a", "b")
        broken = (
            "broken.cod",
            bad[1].replace(b"000000000010000", b"000000000010010", 1),
        )
        wizard = self._drop(good, broken, ("note.txt", b"hello"))
        self.assertFalse(wizard.pom_summary)
        self.assertIn("“broken.cod”: Line", wizard.pom_refusal)
        self.assertIn("“note.txt”", wizard.pom_refusal)
        self.assertFalse(self._statements(self.journal))

    def test_forced(self):
        (bad,) = self._days(self._bank(), "b")
        broken = (
            "broken.cod",
            bad[1].replace(b"000000000010000", b"000000000010010", 1),
        )
        wizard = self._drop(broken)
        wizard.pom_force = True
        wizard.import_file_button()
        self.assertFalse(wizard.pom_refusal)
        self.assertIn("1 new", wizard.pom_summary)

    def test_in_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        journal = self.journal.with_context(lang="nl_BE")
        wizard = self._drop(("bad.zip", b"PK\x03\x04 nothing"), journal=journal)
        self.assertIn("Het archief kan niet", wizard.pom_refusal)

    def test_damaged_zip(self):
        wizard = self._drop(("bad.zip", b"PK\x03\x04 nothing"))
        self.assertIn("“bad.zip”", wizard.pom_refusal)

    def test_account_of_the_journal(self):
        (file,) = self._days(Bank("BE43068999999501"), "a")
        fresh = self.journal.copy({"name": "Fresh", "bank_account_id": False})
        wizard = self._drop(file, journal=fresh)
        self.assertIn("BE43068999999501", wizard.pom_missing_text)
        self.assertTrue(wizard.pom_may_use)
        wizard.action_pom_use_journal()
        self.assertEqual(fresh.bank_account_id.sanitized_acc_number, "BE43068999999501")
        self.assertEqual(len(self._statements(fresh)), 1)
        # One that has its account keeps it.
        (file,) = self._days(Bank("BE62510007547061"), "a")
        wizard = self._drop(file)
        self.assertTrue(wizard.pom_may_create)
        self.assertFalse(wizard.pom_may_use)

    def test_many_lines_in_the_background(self):
        parameter = "pom_reconcile.background_lines"
        self.env["ir.config_parameter"].set_param(parameter, "2")
        files = self._days(self._bank(), "a", "b", "c")
        job = self._drop(*files)
        self.assertEqual(job._name, "pom.statement.import")
        self.assertEqual((job.total_lines, job.name), (3, "3 files"))
        with self.enter_registry_test_mode():
            self.env.ref(
                "pom_reconcile.ir_cron_statement_import"
            ).method_direct_trigger()
        self.assertEqual((job.state, job.done_lines), ("done", 3))
        self.assertEqual(len(self._statements(self.journal)), 3)

    def test_other_journals_stay_core_s(self):
        sales = self.company_data["default_journal_sale"]
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"a"})
        action = sales.with_context(
            default_journal_id=sales.id, default_move_type="out_invoice"
        ).create_document_from_attachment(attachment.ids)
        self.assertEqual(action["res_model"], "account.move")

    def test_only_accountants(self):
        (file,) = self._days(self._bank(), "a")
        clerk = new_test_user(
            self.env,
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            self._drop(file, user=clerk)

    def test_files_of_others(self):
        accountant = new_test_user(
            self.env, "bookkeeper", "pom_reconcile.group_accountant",
            company_id=self.company.id,
        )  # fmt: skip
        (file,) = self._days(self._bank(), "a")
        theirs = self.env["ir.attachment"].create({"name": file[0], "raw": file[1]})
        journal = self.journal.with_user(accountant).with_context(
            default_journal_id=self.journal.id
        )
        with self.assertRaises(AccessError):
            journal.create_document_from_attachment(theirs.ids)
