"""Many payments at once, while a good part of everything goes wrong.

What a shop has to do so that nothing is lost, doubled or believed wrongly: judge each
callback, keep each event once, fetch before believing, and ask after whatever stayed
open. In the end the books must agree to the cent.
"""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

PAYMENTS = 60
FAULTS = {
    "drop_callbacks": (True, 0.1),
    "duplicate_callbacks": (2, 0.4),
    "delay_callbacks": (0.05, 0.1),
    "out_of_order": (True, 0.1),
    "tamper_body": (True, 0.1),
    "forged": (True, 0.05),
    "foreign_ppid": ("f" * 24, 0.05),
    "callback_amount": (-100, 0.1),
    "wrong_amount": (-100, 0.1),
    "der_signature": (True, 0.1),
    "alg": ("RS256", 0.1),
    "api_error": (503, 0.05),
    "lost_answer": (504, 0.05),
}


class Books:
    """The least that a shop must keep.

    :param shop: judges and fetches.
    """

    def __init__(self, shop):
        self.shop = shop
        #: Amount of each payment by its id, and what it turned out to be.
        self.asked: dict[str, Decimal] = {}
        self.events: set[str] = set()
        self.paid: dict[str, Decimal] = {}
        self.held: dict[str, Decimal] = {}
        self.seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def on_callback(self, received) -> int:
        verdict = self.shop.judge(received)
        if not verdict.authentic:
            self.seen["refused"] += 1
            return 403
        with self._lock:
            if verdict.event_key in self.events:
                self.seen["copies"] += 1
                return 200
        if not self.follow(verdict.provider_reference):
            return 503
        self.events.add(verdict.event_key)
        return 200

    def follow(self, payment_id: str) -> bool:
        """Fetch and apply; False when the PSP didn't answer."""
        adapter = self.shop.adapter
        answer = self.shop.send(adapter.fetch_request(payment_id))
        if answer.status_code != 200:
            return False
        update = adapter.read_update(answer.json())
        with self._lock:
            if update.status == "done":
                fits = update.amount == self.asked[payment_id]
                book = self.paid if fits else self.held
                assert book.setdefault(payment_id, update.amount) == update.amount
        return True

    def sweep(self):
        for payment_id in self.asked.keys() - self.paid.keys() - self.held.keys():
            while not self.follow(payment_id):
                pass


def test_books_agree_in_the_end(shop, psp, receiver):
    shop.fetch_keys()
    books, dice = Books(shop), random.Random(5)
    receiver.answer = books.on_callback
    before = psp.ledger()["paid"]
    orders = []
    for number in range(PAYMENTS):
        amount = Decimal(dice.randint(200, 999_999)) / 100
        created = shop.create(amount=str(amount), reference=f"RUN/{number}")
        books.asked[created.provider_reference] = amount
        orders.append((created.provider_reference, dice.random()))
    for name, (value, share) in FAULTS.items():
        psp.faults.inject(name, value, share=share)
    with ThreadPoolExecutor(8) as payers:
        list(payers.map(lambda order: decide(psp, *order), orders))
    assert psp.wait_idle()
    books.sweep()

    believed = sum(books.paid.values()) + sum(books.held.values())
    assert believed * 100 == psp.ledger()["paid"] - before
    assert all(amount == books.asked[i] for i, amount in books.paid.items())
    assert books.held and books.seen["refused"] and books.seen["copies"]
    assert len(books.paid) > PAYMENTS / 2


def decide(psp, payment_id: str, mood: float):
    if mood < 0.7:
        psp.pay(payment_id)
    elif mood < 0.8:
        psp.cancel(payment_id)
    else:
        psp.expire(payment_id)
        if mood < 0.9:
            psp.pay(payment_id, late=True)
