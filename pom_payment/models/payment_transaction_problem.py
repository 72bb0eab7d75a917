from odoo import api, fields, models
from odoo.tools.misc import format_amount


class PaymentTransaction(models.Model):
    """What a payment that came in is otherwise than what was asked. Kept as facts, and
    put into words for whoever reads it: it's noticed by a scheduler, who has neither a
    language nor a way of writing numbers.
    """

    _inherit = "payment.transaction"

    pom_problem = fields.Char(
        string="Held For",
        readonly=True,
        index="btree_not_null",
        help="What came in otherwise than it was asked, such as amount,currency.",
    )
    pom_problem_values = fields.Json(
        string="What Differs",
        readonly=True,
        help="What was wanted and what was found, by name.",
    )
    pom_problem_words = fields.Char(
        string="Held",
        compute="_compute_pom_problem_words",
        help="Money came in, but not what was asked: a person has to decide.",
    )

    @api.depends("pom_problem", "pom_problem_values")
    @api.depends_context("lang")
    def _compute_pom_problem_words(self):
        for tx in self:
            values = tx.pom_problem_values
            words = tx._pom_mismatches_in_words(values) if values else tx.pom_problem
            tx.pom_problem_words = words

    def _pom_note_problem(self, mismatches):
        """
        :param dict mismatches: as :meth:`_pom_mismatches` has them; empty when nothing
            is wrong any more
        """
        self.write(
            {
                "pom_problem": ",".join(mismatches) or False,
                "pom_problem_values": mismatches or False,
            }
        )

    def _pom_mismatches(self, update):
        """What the provider says otherwise than we do; nothing when it can be about our
        payment.

        :return: (wanted, found) by name
        :rtype: dict[str, tuple[str, str]]
        """
        adapter = self.provider_id._pom_adapter()
        merchant = self.provider_id._pom_credentials().merchant_id
        expected = {
            "payment": (self.provider_reference, update.provider_reference),
            "reference": (adapter.wire_reference(self.reference), update.reference),
            # Asked with our own key, so an answer that doesn't say whose it is will do.
            "merchant": (
                merchant,
                (update.merchant_id if merchant else "") or merchant,
            ),
            "amount": (self._pom_decimal(self.amount), update.amount),
            "currency": (self.currency_id.name, update.currency),
            "mode": (update.mode and self._pom_made_in(), update.mode),
        }
        return _differing(expected)

    def _pom_core_mismatches(self, payment_data):
        """The same of what one of core's providers told."""
        told = self._extract_amount_data(payment_data)
        sign = -1 if self.operation == "refund" else 1
        amounts = (self.amount * sign, told["amount"] or 0)
        asked, found = map(self._pom_decimal, amounts)
        currencies = (self.currency_id.name, told["currency_code"] or "")
        mismatches = _differing({"amount": (asked, found), "currency": currencies})
        # Core may look at fewer digits: it wasn't believed, whatever we make of it.
        return mismatches or {"amount": (str(asked), str(found))}

    def _pom_mismatches_in_words(self, mismatches):
        """A sentence without its full stop, for whoever reads it; '' for none."""
        return "; ".join(
            self.env._(
                "%(what)s is %(found)s instead of %(wanted)s",
                what=self._pom_words()[name],
                found=self._pom_in_words(name, found, mismatches),
                wanted=self._pom_in_words(name, wanted, {}),
            )
            for name, (wanted, found) in mismatches.items()
        )

    def _pom_words(self):
        return {
            "payment": self.env._("payment"),
            "reference": self.env._("reference"),
            "merchant": self.env._("merchant"),
            "amount": self.env._("amount"),
            "currency": self.env._("currency"),
            "mode": self.env._("mode"),
        }

    def _pom_in_words(self, name, value, mismatches):
        """
        :param dict mismatches: what else is said by who says this
        """
        if name == "amount":
            _asked, other = mismatches.get("currency", (None, None))
            currency = self._pom_currency(other) if other else self.currency_id
            return (
                format_amount(self.env, float(value), currency) if currency else value
            )
        if name == "mode":
            modes = {"test": self.env._("test"), "live": self.env._("live")}
            return modes.get(value, value)
        return value or "–"

    def _pom_currency(self, code):
        """Those that nobody uses here, too."""
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", code)], limit=1)


def _differing(expected):
    """As text, since that is kept: an amount keeps all of its digits."""
    return {
        name: tuple("" if value is None else str(value) for value in (wanted, found))
        for name, (wanted, found) in expected.items()
        if wanted != found
    }
