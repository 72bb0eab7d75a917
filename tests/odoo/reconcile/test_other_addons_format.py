"""A file that another addon reads, here as OCA's reader of CFONB120 gives it."""

from unittest.mock import patch

from odoo.exceptions import UserError

from .common import ReconcileCase

NUMBER = "0500013M026"
INSIDE = f"FR14 2004 1010 05{NUMBER}06"


class TestOtherAddonsFormat(ReconcileCase):
    def _read(self, *labels, start=1000.0):
        """Import what that addon's reader returns of a file with these labels."""
        lines = [
            {
                "sequence": number,
                "date": "2026-06-01",
                "payment_ref": label,
                "unique_import_id": f"2026-06-01-0000001-{amount}-{label}",
                "amount": amount,
            }
            for number, (amount, label) in enumerate(labels, 1)
        ]
        vals = {
            "name": NUMBER,
            "date": "2026-06-01",
            "balance_start": start,
            "balance_end_real": start + sum(line["amount"] for line in lines),
            "transactions": lines,
        }
        wizard = self._wizard(b"01", "releve.txt")
        # The border of another program: its reader, which isn't installed here.
        with patch.object(
            type(wizard), "_parse_file", lambda *_args: [("EUR", NUMBER, [vals])]
        ):
            return wizard.import_file_button()

    def _lines(self):
        return self.env["account.bank.statement.line"].search([], order="id")

    def test_number_within_a_french_iban(self):
        self.journal.bank_account_id.acc_number = INSIDE
        invoice = self._invoice(121.0)
        label = f"VIR DE DUPONT {invoice.payment_reference}"
        self._read((121.0, label), (-3.5, "FRAIS"))
        self.assertEqual(self._lines().journal_id, self.journal)
        self.assertEqual(invoice.payment_state, "paid")
        # Again, then with more.
        self._read((121.0, label), (-3.5, "FRAIS"))
        self._read((121.0, label), (-3.5, "FRAIS"), (-5.0, "COTISATION"))
        self.assertEqual(self._lines().mapped("amount"), [121.0, -3.5, -5.0])

    def test_number_within_other_places(self):
        for number in (INSIDE.replace("FR", "ES"), INSIDE[2:], f"{INSIDE}0"):
            self.journal.bank_account_id.acc_number = number
            wizard = self._wizard(b"")
            with self.assertRaises(UserError):
                wizard._match_journal(NUMBER, self.env.ref("base.EUR"))
