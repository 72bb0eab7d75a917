import hashlib
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.models.pom_paylink import PAYING, attempt_deadline

from ..tools.charge_days import charge_day

#: What a payer agrees to, by what it is called in the page's address.
KINDS = ("due", "every")
#: So long one waits for the provider's news of who agreed.
NEWS_TIME = timedelta(minutes=10)


class Later(NamedTuple):
    """What somebody may agree to, as it is shown.

    :param wording: the words, ``parts`` (day, amount) of each charge that is known.
    :param now: what is paid at once, zero for nothing.
    :param ways: (provider, method) pairs with which it can be agreed to.
    """

    kind: str
    wording: str
    parts: tuple
    now: object
    ways: list

    @property
    def seen(self):
        """Changes when the words do."""
        return hashlib.sha256(self.wording.encode()).hexdigest()[:20]


class PomPaylink(models.Model):
    """Agreeing, on an invoice's page, to charges that nobody taps for; and stopping
    that.
    """

    _inherit = "pom.paylink"

    @api.model
    def _company_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._company_fields(), "pom_charge_offered")

    # -- agreeing ----------------------------------------------------------------------

    def _later_kinds(self, choice):
        """What can be agreed to here, now.

        :rtype: tuple[str]
        """
        if not self._may_agree(choice):
            return ()
        return tuple(kind for kind in KINDS if self._later_ways(kind, choice))

    def _may_agree(self, choice):
        company = self.company_id.sudo()
        return bool(
            company.pom_charge_offered
            and self.move_id
            and self.state in PAYING
            and choice.amount > 0
            and choice.currency == company.currency_id
            and not self._consents()
        )

    @api.model
    def _sql_around(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._sql_around(),
            "consents": SQL(
                """(SELECT TRUE FROM pom_charge_consent consent
                     WHERE (consent.partner_id = move.partner_id
                            OR consent.move_id = move.id)
                       AND consent.state IN ('waiting', 'active', 'paused')
                     LIMIT 1)"""
            ),
        }

    def _consents(self):
        """Those that count for this debt, or for whatever this debtor owes."""
        if not self._may_have("consents"):
            return self.env["pom.charge.consent"].sudo()
        return self._once("consents", self._find_consents)

    def _find_consents(self):
        consents = self.env["pom.charge.consent"].sudo()
        return consents.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("state", "in", ("active", "paused")),
                "|",
                ("kind", "=", "every"),
                ("move_id", "=", self.move_id.id),
            ]
        )

    def _later_ways(self, kind, choice):
        """Ways with which it can be agreed to.

        :return: (provider, method) pairs
        """
        pairs = self._ways_to_pay(choice)
        free = [pair for pair in pairs if _agrees_without_paying(*pair)]
        if kind == "due":
            return free if self._later_parts() else []
        if free and not self._later_is_due():
            return free
        return [pair for pair in pairs if _agrees_by_paying(*pair)]

    def _later_is_due(self):
        """Whether what is asked is due by now."""
        day = self.move_id.pom_standing.day_asked
        return bool(day and day <= self._today())

    def _later_parts(self):
        """(day of the charge, amount) of each part that isn't due yet; none when
        another one is.
        """
        company, today = self.company_id, self._today()
        place = company.sudo()._pom_place()
        parts = self.move_id.pom_standing.to_ask
        if any(part.day <= today for part in parts):
            return ()
        return tuple(
            (charge_day(part.day, today, 1, place), part.left) for part in parts
        )

    def _later(self, kind, bounds, choice):
        """What is shown before anybody agrees.

        :param Bounds bounds: of ``later_form``
        :rtype: Later
        """
        company = self.company_id.sudo()
        consents = self.env["pom.charge.consent"]
        ways = self._later_ways(kind, choice)
        if kind == "due":
            parts = self._later_parts()
            words = consents._wording_due(company, self.move_id, parts)
            return Later(kind, words, parts, ZERO, ways)
        free = all(_agrees_without_paying(*pair) for pair in ways)
        now = ZERO if free and not self._later_is_due() else choice.amount
        words = consents._wording_every(company, *bounds[:3], now)
        return Later(kind, words, (), now, ways)

    def _agree_later(self, later, bounds, choice, pair, browser):
        """Begin what the provider asks of who agrees.

        :param Later later: what was shown
        :param pair: provider and method that were chosen
        :param browser: ``ip`` and ``agent`` of it
        :return: the payment; empty when it can't be begun now
        """
        provider, method = pair
        if later.now:
            attempt = self._begin_attempt(provider, method, choice=choice)
        else:
            attempt = self._begin_agreeing(provider, method)
        if not attempt:
            return attempt
        company = self.company_id.sudo()
        is_every = later.kind == "every"
        consent = (
            self.env["pom.charge.consent"]
            .sudo()
            .create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": company.id,
                    "currency_id": self.move_id.currency_id.id,
                    "kind": later.kind,
                    "move_id": self.move_id.id,
                    "most": float(bounds.most) if is_every else 0,
                    "most_a_month": float(bounds.month) if is_every else 0,
                    "until": bounds.until if is_every else False,
                    "notice_card": company.pom_charge_card_days,
                    "notice_debit": company.pom_charge_debit_days,
                    "wording": later.wording,
                    "lang": self.env.context.get("lang"),
                    **browser,
                }
            )
        )
        attempt.write(
            {
                "tokenize": True,
                "pom_consent": later.wording,
                "pom_charge_consent_id": consent.id,
            }
        )
        base = self.company_id._pom_base_url()
        attempt._pom_start_committed(f"{base}/p/{self.token}")
        return attempt

    def _begin_agreeing(self, provider, method):
        """A payment of nothing, committed before the provider is asked."""
        self._lock()
        transaction = self.env["payment.transaction"].sudo()
        attempt = transaction.create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": transaction._compute_reference(
                    provider.code, prefix=f"{self.move_id.name}-A"
                ),
                "amount": 0,
                "currency_id": self.move_id.currency_id.id,
                "partner_id": self.partner_id.id,
                "operation": "validation",
                "landing_route": f"/p/{self.token}",
                "pom_paylink_id": self.id,
                "pom_expires_at": attempt_deadline(),
            }
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return attempt

    def _later_agreeing(self):
        """Whether somebody has just been at the provider to agree, and we haven't heard
        of it: the page then looks by itself.
        """
        if not self.move_id or not self._may_have("consents"):
            return False
        begun = [
            ("move_id", "=", self.move_id.id),
            ("state", "=", "waiting"),
            ("agreed_on", ">", fields.Datetime.now() - NEWS_TIME),
            ("transaction_ids.state", "in", ("draft", "pending", "done")),
        ]
        return bool(self.env["pom.charge.consent"].sudo().search_count(begun, limit=1))

    # -- running -----------------------------------------------------------------------

    def _charges_to_come(self):
        return self.move_id.sudo().pom_charge_ids._waiting().sorted("day")

    def _pay_myself(self):
        """The debtor pays this one without waiting for the charge.

        :return: whether nothing of it is being charged
        """
        waiting = self._charges_to_come()
        mine = waiting._locked()
        mine._end("skipped", "payer")
        return mine == waiting

    def _charge_on(self, day):
        """The debtor wants the next charge on another day.

        :param datetime.date day:
        :return: what is wrong with that, in words; '' when it's done
        """
        mine = self._charges_to_come()[:1]._locked()
        if not mine:
            return self.env._("This is being charged just now.")
        if not day or day > mine._latest():
            return self.env._(
                "Choose a day up to %s.", mine._day_in_words(mine._latest())
            )
        try:
            mine._move_to(day)
        except UserError as error:
            return str(error)
        return ""

    def _stop_charges(self):
        """The payer takes the consent back, for whatever it is about."""
        for consent in self._consents():
            consent._stop("payer")
            consent._tell_stopped()

    def _later_running(self):
        """What runs for this debt, or this debtor, as the page shows it."""
        if not self.move_id or not self.company_id.sudo().pom_charge_offered:
            return self.env["pom.charge.consent"]
        return self._consents()


def _agrees_by_paying(provider, method):
    adapter, code = _keeper(provider), _code_of(method)
    return bool(adapter and adapter.agrees_by_paying(code))


def _agrees_without_paying(provider, method):
    adapter, code = _keeper(provider), _code_of(method)
    return bool(adapter and adapter.agrees_without_paying(code))


def _keeper(provider):
    """The adapter of who keeps payment details, if the creditor wants that."""
    return provider.allow_tokenization and provider._pom_adapter()


def _code_of(method):
    """Core's code; of a card's brand, the card's."""
    return method.primary_payment_method_id.code or method.code
