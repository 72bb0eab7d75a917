"""The providers of a :mod:`.fault_run`, and what goes wrong with each."""

from contextlib import ExitStack

from tests.company import collect_with, way_of
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.mollie import Mollie
from tests.simulators.stripe import Stripe

#: Fault, its value and how often it happens when it could; of those that know it.
FAULTS = {
    "drop_callbacks": (True, 0.1),
    "duplicate_callbacks": (2, 0.1),
    "delay_callbacks": (3, 0.1),
    "out_of_order": (True, 0.1),
    "webhook_before_answer": (True, 0.1),
    "tamper_body": (True, 0.08),
    "forged": (True, 0.05),
    "foreign_ppid": ("f" * 24, 0.05),
    "no_signature": (True, 0.03),
    "two_signatures": (True, 0.1),
    "callback_amount": (-100, 0.05),
    "wrong_amount": (-100, 0.03),
    "wrong_currency": ("USD", 0.02),
    "der_signature": (True, 0.1),
    "alg": ("RS256", 0.1),
    "iss": ("payconiq", 0.3),
    "api_error": (500, 0.05),
    "lost_answer": (504, 0.03),
    "slow_answer": (0.4, 0.03),
}
RETRY_DELAYS = (1, 2, 4, 8, 8)
#: By name: the simulator, and the one way to pay that it offers, so that each is taken.
PROVIDERS = {
    "bancontact_pro": (BancontactPro, "payment.payment_method_bancontact"),
    "mollie": (Mollie, "payment.payment_method_kbc_cbc"),
    "stripe": (Stripe, "payment.payment_method_card"),
}


class Providers:
    """Several simulated ones that run together."""

    def __init__(self, names):
        self.running = {
            name: PROVIDERS[name][0](retry_delays=RETRY_DELAYS, callback_timeout=5)
            for name in names
        }
        self.ways = []
        self._stack = ExitStack()

    def __enter__(self):
        for psp in self.running.values():
            self._stack.enter_context(psp)
        return self

    def __exit__(self, *error):
        self._stack.close()

    def collect(self, env):
        """Switch all on; each of :attr:`ways` leads to another."""
        for name, psp in self.running.items():
            method = env.ref(PROVIDERS[name][1])
            values = {"payment_method_ids": [(6, 0, method.ids)]}
            provider = collect_with(env, psp, **values)
            self.ways.append(way_of(provider))

    def at(self, page):
        """Whose page that is, None if it's nobody's."""
        mine = (psp for psp in self.running.values() if page.startswith(psp.url + "/"))
        return next(mine, None)

    def inject(self):
        for psp in self.running.values():
            for name, (value, share) in FAULTS.items():
                if name in psp.faults.known:
                    psp.faults.inject(name, value, share=share)

    def calm_down(self):
        for psp in self.running.values():
            psp.faults.clear()
        for psp in self.running.values():
            psp.wait_idle(60)

    def happened(self):
        return {name: dict(psp.faults.happened) for name, psp in self.running.items()}

    def paid(self):
        """Cents by the provider's number of what was paid there, in the provider's own
        books.
        """
        found = {}
        for psp in self.running.values():
            for payment in psp.payments.values():
                if getattr(payment, "succeeded_at", None) or getattr(
                    payment, "paid_at", None
                ):
                    # What Stripe has paid is called by its PaymentIntent from then on.
                    number = getattr(payment, "intent_id", "") or payment.id
                    found[number] = payment.amount
        return found
