"""Large files: imported by the scheduler, in batches that are kept."""

from unittest import mock

import psycopg2

from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.sql_db import connection_info_for

from odoo.addons.pom_reconcile.models import account_journal_import
from odoo.addons.pom_reconcile.models.pom_statement_import import LOCK

from tests.simulators.bank import Bank

from .common import DAY, ReconcileCase

CRON = "pom_reconcile.ir_cron_statement_import"
OTHER_IBAN = "BE54000000000097"


class TestBackgroundImport(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("pom_reconcile.background_lines", "5")
        cls.bank = cls._bank()
        for number in range(12):
            cls.bank.receive(f"{number + 1}.00", f"Payer {number % 2}", date=DAY)
        cls.data = cls.bank.statement(DAY)

    def _hand_over(self, data=None):
        action = self._wizard(data or self.data).import_file_button()
        self.assertEqual(action["res_model"], "pom.statement.import")
        return self.env["pom.statement.import"].browse(action["res_id"])

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()

    def _lines(self):
        return self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.journal.id)]
        )

    def test_runs_in_the_background(self):
        job = self._hand_over()
        self.assertEqual((job.state, job.total_lines), ("waiting", 12))
        self.assertFalse(self._lines())
        self._run()
        self.assertEqual((job.state, job.progress), ("done", 100.0), job.message)
        self.assertEqual(len(self._lines()), 12)
        self.assertTrue(job.statement_ids.is_complete)
        self.assertEqual(self._lines().statement_id, job.statement_ids)

    def test_small_file_is_imported_at_once(self):
        bank = self._bank()
        bank.receive("1.00", "A")
        self.assertEqual(len(self._import(bank.statement(DAY)).line_ids), 1)

    def test_what_is_wrong_is_said_at_once(self):
        self.journal.bank_account_id = False
        wizard = self._wizard(self.data)
        wizard.import_file_button()
        self.assertTrue(wizard.pom_missing)
        self.assertFalse(self.env["pom.statement.import"].search([]))
        wrong = self.data.replace(b"000000000001000", b"000000000001010", 1)
        with self.assertRaises(UserError):
            self._wizard(wrong).import_file_button()

    def test_interrupted_run_goes_on_without_doubles(self):
        """The run is over after each batch, as when the process is killed there."""
        job = self._hand_over()
        path = "odoo.addons.pom_reconcile.models.pom_statement_import.SLOT"
        with (
            mock.patch.object(account_journal_import, "BACKGROUND_BATCH", 5),
            mock.patch(path, -1),
        ):
            self._run_once()
            self.assertEqual((job.state, len(self._lines())), ("running", 5))
            self.assertAlmostEqual(job.progress, 100 * 5 / 12)
            self._run_once()
            self.assertEqual(len(self._lines()), 10)
        self._run()
        self.assertEqual(job.state, "done")
        self.assertEqual(len(self._lines()), 12)
        self.assertTrue(job.statement_ids.is_complete)
        self.assertEqual(len(job.statement_ids.line_ids), 12)

    def _run_once(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            root = self.env(cr=cr, user=SUPERUSER_ID)
            root["pom.statement.import"]._cron_import()
        self.env.invalidate_all()

    def test_failed_job_says_why_and_goes_on(self):
        job = self._hand_over()
        account = self.journal.bank_account_id
        self.journal.bank_account_id = False
        self._run()
        self.assertEqual(job.state, "failed")
        self.assertIn("Create a bank journal", job.message)
        self.journal.bank_account_id = account
        job.action_retry()
        self._run()
        self.assertEqual(job.state, "done")

    def _at_another_server(self, job):
        """A connection of its own that is at this file, as a second server's is."""
        _name, info = connection_info_for(self.env.cr.dbname)
        other = psycopg2.connect(**info)
        self.addCleanup(other.close)
        with other.cursor() as cr:
            cr.execute(LOCK, [job.id])
            self.assertEqual(cr.fetchone(), (True,))
        return other

    def _other_file(self):
        """A file of another account, with a journal of its own."""
        bank = Bank(OTHER_IBAN)
        for number in range(7):
            bank.receive(f"{number + 1}.50", "Payer", date=DAY)
        journal = self.env["account.journal"].create(
            {"name": "Second", "code": "BNK7", "type": "bank"}
        )
        journal.set_bank_account(OTHER_IBAN)
        return bank.statement(DAY)

    def test_two_servers_share_the_files(self):
        """What one is at the other leaves alone, and what is to come after that in the
        same journal; the file of another journal doesn't wait.
        """
        first = self._hand_over()
        for number in range(6):
            self.bank.receive(f"{number + 1}.25", "Payer", date=DAY)
        second = self._hand_over(self.bank.statement(DAY))
        third = self._hand_over(self._other_file())
        self.assertEqual((first + second).journal_ids, self.journal)
        self.assertNotIn(self.journal, third.journal_ids)
        other = self._at_another_server(first)
        self._run_once()
        self.assertEqual(
            (first + second + third).mapped("state"), ["waiting", "waiting", "done"]
        )
        # That server was killed.
        other.close()
        self._run_once()
        self.assertEqual(
            (first + second).mapped("state"), ["done", "done"], second.message
        )

    def test_who_takes_nothing_wakes_nobody(self):
        """Or two servers would wake each other as long as a third one is at it."""
        job = self._hand_over()
        self._at_another_server(job)
        crons = self.env.ref(CRON) + self.env.ref(f"{CRON}_2")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "in", crons.ids)]).unlink()
        self._run_once()
        self.assertEqual(job.state, "waiting")
        self.assertFalse(triggers.search([("cron_id", "in", crons.ids)]))
