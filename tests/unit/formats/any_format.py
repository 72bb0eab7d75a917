"""What the import promises of each format, whichever it is: tests for each of them.

Beside them a class has the ``format``, and ``day(payments, gap)``, which gives a file
in it, as those of :mod:`.samples` do.
"""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats import find, read_any, register
from odoo.addons.pom_reconcile.formats.base import FormatError

from .samples import DAY, DAYS, EVE, IBAN, OLD, PAYMENTS, closing
from .test_archive import zipped


class AnyFormat:
    @property
    def formats(self):
        others = [one for one in DAYS if one is not self.format]
        return register(*others, self.format)

    def read(self, data, **options):
        return list(read_any(data, formats=self.formats, **options))

    def test_it_has_a_name(self):
        assert isinstance(self.format.NAME, str) and self.format.NAME

    def test_found_among_the_others(self):
        assert find(self.day(), formats=self.formats) is self.format
        for other, day in DAYS.items():
            assert self.format.identify(day()) is (other is self.format)

    @pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"no statement", b";;"])
    def test_anything_else_is_not_its_own(self, data):
        assert not self.format.identify(data)

    def test_what_the_bank_says(self):
        (statement,) = self.read(self.day())
        assert (statement.account, statement.currency) == (IBAN, "EUR")
        assert (statement.old_balance, statement.new_balance) == (
            OLD,
            closing(PAYMENTS),
        )
        assert statement.new_balance_date == DAY
        assert statement.old_balance_date in (EVE, DAY)
        assert not statement.forced
        for place, (found, paid) in enumerate(
            zip(statement.transactions, PAYMENTS, strict=True), 1
        ):
            assert found.ordinal == place
            assert isinstance(found.amount, Decimal)
            assert found.amount == Decimal(paid.amount)
            assert type(found.date) is date and found.date == DAY
            assert found.counterparty_account == paid.iban
            assert found.counterparty_name.upper() == paid.name.upper()
            assert paid.text.upper() in found.text.upper()

    def test_a_day_without_payments(self):
        (statement,) = self.read(self.day(()))
        assert statement.transactions == ()
        assert statement.old_balance == statement.new_balance == OLD

    def test_balances_that_do_not_fit(self):
        wrong = self.day(gap=Decimal("1.00"))
        with pytest.raises(FormatError) as refusal:
            self.read(wrong)
        assert refusal.value.forcible and refusal.value.problems
        (statement,) = self.read(wrong, force=True)
        assert statement.forced and statement.warnings
        assert len(statement.transactions) == len(PAYMENTS)

    def test_a_file_that_is_cut(self):
        """It is refused, or says all the same: nothing is lost without a word."""
        data = self.day()
        for end in range(len(data)):
            cut = data[:end]
            if self.format.identify(cut):
                try:
                    (statement,) = self.read(cut)
                except FormatError as refusal:
                    assert refusal.problems and str(refusal)
                else:
                    assert statement.transactions == self.read(data)[0].transactions

    def test_in_an_archive(self):
        data = zipped({"a": self.day(), "b": self.day()})
        assert self.read(data) == 2 * self.read(self.day())
