"""What the providers' own Python clients make of the simulated services: they judge
whether these answer as the real ones do.
"""

import pytest

from tests.simulators.mollie import Mollie
from tests.simulators.stripe import Stripe

LACKS = "the official client isn't installed: dev/setup brings it"


class TestStripe:
    @pytest.fixture(scope="class")
    def psp(self):
        with Stripe(retry_delays=()) as psp:
            yield psp

    @pytest.fixture(scope="class")
    def stripe(self):
        return pytest.importorskip("stripe", reason=LACKS)

    @pytest.fixture
    def client(self, stripe, psp):
        return stripe.StripeClient(
            psp.api_key, base_addresses={"api": psp.url}, max_network_retries=0
        )

    def session(self, client, **options):
        price = {"currency": "eur", "unit_amount": 4573, "product_data": {"name": "X"}}
        asked = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "success_url": "http://127.0.0.1:1/{CHECKOUT_SESSION_ID}",
            "metadata": {"pom_reference": "INV/1"},
            "payment_intent_data": {"metadata": {"pom_reference": "INV/1"}},
        }
        return client.v1.checkout.sessions.create(asked, options)

    def test_create_get_list_and_cancel(self, client, psp):
        made = [self.session(client) for _time in range(3)]
        assert made[0].url.startswith(psp.url) and made[0].payment_intent is None
        found = client.v1.checkout.sessions.retrieve(made[0].id)
        assert (found.amount_total, found.metadata["pom_reference"]) == (4573, "INV/1")
        page = client.v1.checkout.sessions.list({"limit": 1})
        assert page.has_more
        listed = [one.id for one in page.auto_paging_iter()]
        assert listed[:3] == [one.id for one in reversed(made)]
        assert client.v1.checkout.sessions.expire(made[0].id).status == "expired"

    def test_paid_and_refunded(self, client, psp):
        made = self.session(client)
        psp.pay(made.id)
        expand = {"expand": ["payment_intent.latest_charge"]}
        found = client.v1.checkout.sessions.retrieve(made.id, expand)
        assert found.payment_status == "paid"
        intent = found.payment_intent
        assert intent.latest_charge.amount_refunded == 0
        asked = {"payment_intent": intent.id, "amount": 1000}
        refund = client.v1.refunds.create(asked)
        assert (refund.status, refund.amount) == ("succeeded", 1000)
        assert client.v1.refunds.retrieve(refund.id) == refund
        of_it = {"payment_intent": intent.id}
        assert [one.id for one in client.v1.refunds.list(of_it)] == [refund.id]
        dispute = psp.charge_back(intent.id, 2000)
        [found] = client.v1.disputes.list(of_it).data
        assert (found.id, found.balance_transactions[0].amount) == (
            dispute["id"],
            -2000,
        )
        assert client.v1.payment_intents.retrieve(intent.id).amount_received == 4573

    def test_refund_that_is_cancelled(self, client, psp):
        money = psp.pay(self.session(client).id).intent_id
        psp.refund_status = "pending"
        try:
            refund = client.v1.refunds.create({"payment_intent": money})
        finally:
            del psp.refund_status
        assert client.v1.refunds.cancel(refund.id).status == "canceled"

    def test_charged_without_the_payer(self, client, stripe, psp):
        customer = client.v1.customers.create({"name": "Jan"})
        assert client.v1.customers.retrieve(customer.id).name == "Jan"
        kept = psp.keep("card", customer.id)
        asked = {
            "amount": 100,
            "currency": "eur",
            "customer": customer.id,
            "payment_method": kept,
            "confirm": True,
            "off_session": True,
        }
        assert client.v1.payment_intents.create(asked).status == "succeeded"
        psp.methods[kept]["declines"] = True
        with pytest.raises(stripe.CardError) as refused:
            client.v1.payment_intents.create(asked)
        assert refused.value.code == "card_declined"
        assert client.v1.payment_methods.detach(kept).customer is None

    def test_payout(self, client, psp):
        psp.settle()
        money = psp.pay(self.session(client).id).intent_id
        psp.settle(fee=35)
        [payout, *_older] = client.v1.payouts.list({"status": "paid"}).data
        assert payout.amount == 4573 - 35
        lines = client.v1.balance_transactions.list(
            {"payout": payout.id, "expand": ["data.source"]}
        ).data
        charge = next(line for line in lines if line.type == "charge")
        assert (charge.net, charge.source.payment_intent) == (4538, money)
        assert sum(line.net for line in lines) == 0

    def test_same_key_and_errors(self, client, stripe):
        one = self.session(client, idempotency_key="k-1")
        assert self.session(client, idempotency_key="k-1").id == one.id
        with pytest.raises(stripe.IdempotencyError):
            client.v1.checkout.sessions.create(
                {"mode": "payment"}, {"idempotency_key": "k-1"}
            )
        with pytest.raises(stripe.InvalidRequestError) as unknown:
            client.v1.checkout.sessions.retrieve("cs_test_nothing")
        assert unknown.value.code == "resource_missing"
        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.payment_intents.create(
                {"amount": 1, "currency": "eur", "payment_method_types": ["card"]}
            )
        assert refused.value.code == "payment_method_types_no_longer_supported"

    def test_wrong_key(self, stripe, psp):
        client = stripe.StripeClient(
            "sk_live_wrong", base_addresses={"api": psp.url}, max_network_retries=0
        )
        with pytest.raises(stripe.AuthenticationError):
            client.v1.customers.create({})

    def test_events(self, client, stripe, psp):
        asked = {"url": "http://127.0.0.1:1/", "enabled_events": ["*"]}
        endpoint = client.v1.webhook_endpoints.create(asked)
        psp.pay(self.session(client).id)
        told = psp.callbacks[-1]
        signature = told.headers["Stripe-Signature"]
        event = client.construct_event(told.body, signature, endpoint.secret)
        assert event.type == "checkout.session.completed"
        assert event.data.object.amount_total == 4573
        with pytest.raises(stripe.SignatureVerificationError):
            client.construct_event(told.body, signature, "whsec_wrong")
        assert client.v1.webhook_endpoints.delete(endpoint.id).deleted


class TestMollie:
    @pytest.fixture(scope="class")
    def psp(self):
        with Mollie(retry_delays=()) as psp:
            psp.page_size = 2
            yield psp

    @pytest.fixture(scope="class")
    def mollie(self):
        return pytest.importorskip("mollie.api.client", reason=LACKS)

    @pytest.fixture
    def client(self, mollie, psp):
        client = mollie.Client(api_endpoint=psp.url)
        client.set_api_key(psp.api_key)
        return client

    def payment(self, client, **values):
        asked = {
            "amount": {"currency": "EUR", "value": "45.73"},
            "description": "Brood",
            "redirectUrl": "http://127.0.0.1:1/back",
            **values,
        }
        return client.payments.create(asked)

    def test_create_get_list_and_cancel(self, client):
        made = [self.payment(client) for _time in range(3)]
        assert made[0].checkout_url and made[0].is_open()
        assert client.payments.get(made[0].id).amount["value"] == "45.73"
        page = client.payments.list()
        assert [one.id for one in page] == [made[2].id, made[1].id]
        assert page.has_next()
        assert made[0].id in [one.id for one in page.get_next()]
        assert client.payments.delete(made[0].id).is_canceled()

    def test_paid_and_refunded(self, client, psp):
        payment = self.payment(client)
        psp.pay(payment.id)
        payment = client.payments.get(payment.id)
        assert payment.is_paid()
        amount = {"currency": "EUR", "value": "10.00"}
        refund = payment.refunds.create({"amount": amount, "description": "Terug"})
        assert refund.is_queued() and payment.refunds.get(refund.id).id == refund.id
        assert [one.id for one in payment.refunds.list()] == [refund.id]
        payment.refunds.delete(refund.id)
        assert payment.refunds.get(refund.id).status == "canceled"
        psp.charge_back(payment.id, 2000)
        [taken] = payment.chargebacks.list()
        assert (taken.amount["value"], taken.reversed_at) == ("20.00", None)
        psp.win(payment.id)
        [taken] = payment.chargebacks.list()
        assert taken.reversed_at

    def test_methods(self, client):
        names = [method.id for method in client.methods.list()]
        assert "paybybank" in names
        assert client.methods.get("bancontact").description == "Bancontact"

    def test_customers_and_mandates(self, client, psp):
        customer = client.customers.create({"name": "Jan"})
        assert client.customers.get(customer.id).name == "Jan"
        assert customer.id in [one.id for one in client.customers.list()]
        payment = self.payment(
            client,
            customerId=customer.id,
            sequenceType="first",
            method="creditcard",
        )
        psp.pay(payment.id)
        [mandate] = customer.mandates.list()
        assert mandate.is_valid()
        assert [one.id for one in customer.payments.list()] == [payment.id]
        charge = self.payment(
            client,
            customerId=customer.id,
            sequenceType="recurring",
            mandateId=mandate.id,
        )
        assert charge.is_paid()
        customer.mandates.delete(mandate.id)
        assert customer.mandates.get(mandate.id).is_invalid()

    def test_settlements(self, mollie, client, psp):
        psp.pay(self.payment(client).id)
        made = psp.settle()
        organization = mollie.Client(api_endpoint=psp.url)
        organization.set_access_token(psp.access_token)
        found = organization.settlements.get(made.reference)
        assert found.id == made.id
        assert made.id in [one.id for one in organization.settlements.list()]
        assert [one.amount["value"] for one in found.payments.list()][:1] == ["45.73"]

    def test_errors(self, client, psp):
        from mollie.api.error import NotFoundError, UnprocessableEntityError

        with pytest.raises(NotFoundError):
            client.payments.get("tr_nothing")
        with pytest.raises(UnprocessableEntityError):
            self.payment(client, description="")
        wrong = type(client)(api_endpoint=psp.url)
        wrong.set_api_key("live_wrong")
        from mollie.api.error import UnauthorizedError

        with pytest.raises(UnauthorizedError):
            wrong.methods.list()
