from decimal import Decimal

from odoo import models
from odoo.fields import Command

from ..tools.problems import Refusal

#: Between these a debt falls due.
FIRST_DAY, LAST_DAY = "2000-01-01", "2099-12-31"
#: Of a customer, as it is asked and as it's called here.
PLAIN = ("name", "email", "phone", "street", "zip", "city")


class PomPaymentRequest(models.Model):
    """A debt that lives elsewhere, in the books: as a receivable or an invoice, as it
    is set for the system.
    """

    _inherit = "pom.payment.request"

    def _book(self, asked):
        """
        :param dict asked: ``FromElsewhere`` of the description
        :return: the entry, posted
        :raises Refusal:
        """
        self._must_be_new(asked["number"])
        self._must_be_near(asked["due_date"])
        currency = self._currency(asked["currency"])
        subscriber = self.subscriber_id
        moves = self.env["account.move"]
        move = moves.create(
            {
                "move_type": subscriber.book_as,
                "journal_id": self._journal().id,
                "partner_id": self._customer(asked["customer"]).id,
                "currency_id": currency.id,
                "invoice_date": self.company_id._pom_today(),
                "invoice_payment_term_id": False,
                "ref": asked["number"],
                "invoice_origin": asked["number"],
                "invoice_user_id": False,
                "invoice_line_ids": self._lines(asked, currency),
                **moves._pom_due_values(asked["due_date"]),
                **self._reference(asked),
            }
        )
        move.action_post()
        self._must_come_to(move, asked["amount"])
        if not move.payment_reference:
            # Core makes one for invoices alone.
            move.payment_reference = move._get_invoice_computed_reference()
        return move

    def _change(self, asked):
        """
        :param dict asked: ``Change`` of the description
        """
        self._must_live_elsewhere("Change it there.")
        self._lock()
        self._must_be_untouched()
        self._must_be_near(asked.get("due_date"))
        move = self.move_id
        amount = asked.get("amount") or str(move._pom_decimal(move.amount_total))
        values = move._pom_due_values(asked.get("due_date"))
        if "amount" in asked or "lines" in asked:
            lines = self._lines(
                {"number": self.number, "amount": amount, **asked}, move.currency_id
            )
            values["invoice_line_ids"] = [Command.clear(), *lines]
        if values:
            move.button_draft()
            move.write(values)
            move.action_post()
            self._must_come_to(move, amount)
        return self

    def _unbook(self):
        today = self.company_id._pom_today()
        self.move_id._reverse_moves(
            [{"date": today, "invoice_date": today, "ref": self.number}], cancel=True
        )

    # -- parts of the entry ------------------------------------------------------------

    def _must_be_new(self, number):
        known = self.search(
            [
                ("subscriber_id", "=", self.subscriber_id.id),
                ("number", "=", number),
                ("from_elsewhere", "=", True),
                ("withdrawn", "=", False),
            ],
            limit=1,
        )
        if known:
            raise Refusal(
                409,
                f"Request {known.id} asks for this number already: change it, or "
                "withdraw it first.",
                "number_taken",
            )

    def _must_be_near(self, day):
        """A slip of the finger in a year is no due day."""
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise Refusal(
                422, f"Choose a day from {FIRST_DAY} to {LAST_DAY}.", "wrong_day"
            )

    def _must_come_to(self, move, amount):
        """Nothing else is asked than what was asked for."""
        total = move._pom_decimal(move.amount_total)
        if total != Decimal(amount):
            raise Refusal(
                422, f"Its lines come to {total}, not to {amount}.", "wrong_sum"
            )

    def _currency(self, code):
        currency = self.env["res.currency"].search([("name", "=", code)])
        if not currency:
            raise Refusal(422, f"{code} isn't used here.", "unknown_currency")
        is_own = currency == self.company_id.currency_id
        if not is_own and not currency.rate_ids:
            raise Refusal(422, f"No rate of {code} is known.", "unknown_currency")
        return currency

    def _journal(self):
        journals = self.env["account.journal"]
        return self.subscriber_id.journal_id or journals.search(
            [("type", "=", "sale"), ("company_id", "=", self.company_id.id)], limit=1
        )

    def _reference(self, asked):
        reference = asked.get("reference")
        return {"payment_reference": reference} if reference else {}

    def _lines(self, asked, currency):
        """
        :param asked: with ``number``, ``amount`` and perhaps ``lines``
        """
        amount = Decimal(asked["amount"])
        if -amount.normalize().as_tuple().exponent > currency.decimal_places:
            raise Refusal(422, f"{currency.name} has no cents.", "wrong_amount")
        lines = asked.get("lines") or [
            {"description": asked["number"], "amount": asked["amount"]}
        ]
        total = sum(Decimal(line["amount"]) for line in lines)
        if total != amount:
            raise Refusal(
                422, f"The lines come to {total}, not to {amount}.", "wrong_sum"
            )
        account = self.subscriber_id.account_id
        return [
            Command.create(
                {
                    "name": line["description"],
                    "quantity": 1,
                    "price_unit": float(line["amount"]),
                    "tax_ids": [Command.set(self._tax(line).ids)],
                    **({"account_id": account.id} if account else {}),
                }
            )
            for line in lines
        ]

    def _tax(self, line):
        rate = line.get("tax_rate")
        if rate is None:
            return self.env["account.tax"]
        tax = self.subscriber_id._tax_of(Decimal(rate))
        if not tax:
            raise Refusal(
                422, f"No tax of {rate} % is set for this system.", "unknown_tax"
            )
        return tax

    # -- the customer ------------------------------------------------------------------

    def _customer(self, asked):
        """Whoever has that number; made when nobody has. What is known of somebody
        stays as it is: people keep it right in Odoo.
        """
        partners = self.env["res.partner"]
        known = partners.search(
            [
                ("ref", "=", asked["ref"]),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="parent_id DESC, id",
            limit=1,
        )
        if known:
            return known
        values = {name: asked[name] for name in PLAIN if name in asked}
        return partners.create(
            {
                **values,
                "ref": asked["ref"],
                "company_id": self.company_id.id,
                "country_id": self._country(asked.get("country")).id,
                "lang": self._language(asked.get("language", "")),
            }
        )

    def _country(self, code):
        country = self.env["res.country"].search([("code", "=", code)], limit=1)
        if code and not country:
            raise Refusal(422, f"There is no country {code}.", "unknown_country")
        return country

    def _language(self, wanted):
        """The installed language that fits; the company's where none does."""
        own = self.company_id.partner_id.lang
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        fitting = [code for code in codes if code == wanted]
        fitting += [code for code in codes if code[:2] == wanted[:2] and wanted]
        return (fitting or [own])[0]
