from contextlib import contextmanager
from types import SimpleNamespace

from odoo.tests import HttpCase

from tests.api_client import ApiClient, Refused
from tests.odoo.engine.common import EngineCase

ORDER = {
    "number": "W-1001",
    "customer": {
        "ref": "C-17",
        "name": "Marie Peeters",
        "email": "marie@klant.example",
        "language": "nl",
        "country": "BE",
    },
    "amount": "121.00",
    "currency": "EUR",
    "due_date": "2030-01-31",
}


class ApiCase(HttpCase, EngineCase):
    """A third system that speaks by the client that is made from the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "shop@company.example"
        cls.company.pom_base_url = cls.base_url()
        cls.company.partner_id.bank_ids = [
            (0, 0, {"acc_number": "BE68539007547034", "allow_out_payment": True})
        ]
        cls.shop = cls.env["pom.subscriber"].create(
            {"name": "Webshop", "company_id": cls.company.id, "may_create": True}
        )
        cls.key = cls.env["pom.api.key"]._make(cls.shop, "Webshop")

    def setUp(self):
        super().setUp()
        self.api = ApiClient(self.base_url(), self.key, self._request)
        self.keys = 0

    def _request(self, method, url, **given):
        self.env.cr.flush()
        answer = self.url_open(url, method=method, timeout=60, **given)
        self.env.invalidate_all()
        return answer

    def _new(self, key=None, **values):
        """Ask for a debt that lives elsewhere."""
        self.keys += 1
        body = {**ORDER, "number": f"W-{self.keys}", **values}
        key = key or f"order-{self.keys:04}"
        return self.api.createRequest(body, idempotency_key=key)

    def _move(self, answer):
        return self.env["account.move"].browse(answer.data["invoice"]["id"])

    @contextmanager
    def _refused(self, status, code=None):
        refused = SimpleNamespace(headers={}, problem={})
        with self.assertRaises(Refused) as caught:
            yield refused
        self.assertEqual(caught.exception.status, status, caught.exception)
        refused.headers.update(caught.exception.headers)
        refused.problem.update(caught.exception.problem)
        if code:
            self.assertEqual(caught.exception.problem["code"], code)
