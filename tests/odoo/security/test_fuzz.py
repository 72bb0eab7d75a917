"""Every route of ours, every argument of it, and what no handler expects: none ends in
a traceback, and nothing of it gets into headers or leads elsewhere.

Routes and arguments are found by looking: a new one is in by itself.
"""

import contextlib
import inspect
import threading
from urllib.parse import quote_from_bytes

from odoo.tests import tagged

from odoo.addons.pom_payment.controllers import pay_files, webhook
from odoo.addons.pom_payment.models import ir_http
from odoo.addons.pom_status_api.controllers import api_common

from tests.odoo.payment.common import PayPageCase

EVIL = "evil.example"
#: What is sent, as bytes: not all of it is text.
TEXTS = [
    b"\0",
    b"9" * 5000,
    "١٢٣²".encode(),
    b"-1e400",
    b"\xed\xa0\x80\xff",
    f"https://{EVIL}/\r\nX-Evil: 1".encode(),
]
#: In a path beside those.
PARTS_OF_PATHS = [*TEXTS, f"//{EVIL}/../{{{{7*7}}}}<script>${{7}}".encode()]
#: Beside those that a handler names: those that all pages read, and core's and Python's
#: own, of which what they hold doesn't matter.
READ = {"lang", "item", "amount"}
TAKEN = {"self", "link", "kwargs", "debug", "db"}
#: What may be filled in of an address, where that is no number.
PARTS = {"kind": ("svg", "question"), "what": ("logo",), "code": ("bancontact_pro",)}


@tagged("standard", "post_install", "-at_install")
class TestEveryArgument(PayPageCase):
    def setUp(self):
        super().setUp()
        for module, name in (
            (ir_http, "ACTIONS_PER_MINUTE"),
            (ir_http, "ACTIONS_PER_LINK"),
            (ir_http, "MISSES_PER_MINUTE"),
            (pay_files, "DOCUMENTS_PER_MINUTE"),
            (webhook, "REFUSALS_PER_MINUTE"),
            (api_common, "REFUSALS_PER_MINUTE"),
        ):
            self.patch(module, name, 10**6)
        self.company.pom_requests_per_day = 10**6
        # However long ago this database was made: nothing stands still here.
        self.env.cr.execute("UPDATE ir_cron SET nextcall = now() + interval '1 day'")
        self.problems = []

    def _routes(self):
        """(rule, verb, path) of all routes of ours."""
        threading.current_thread().dbname = self.env.cr.dbname
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.rule.startswith(ir_http.OURS):
                for path in self._paths(rule):
                    for verb in set(rule.endpoint.routing["methods"] or ["POST"]):
                        yield rule, verb, path

    def _paths(self, rule):
        values = {name: 1 for name in rule.arguments}
        values |= {"token": self.move.pom_paylink_id.token, "version": 1}
        values |= {"move_id": self.move.id, "provider_id": self.provider.id}
        values["company_id"] = self.company.id
        kinds = PARTS.keys() & rule.arguments or {""}
        for name in kinds:
            for part in PARTS.get(name, ("",)):
                found = {**values, name: part}
                found = {one: found[one] for one in rule.arguments}
                with contextlib.suppress(ValueError):  # not among those it may be
                    yield rule.build(found, append_unknown=False)[1]

    def _arguments(self, rule):
        signature = inspect.signature(rule.endpoint.original_endpoint)
        named = set(signature.parameters) - {"self", "kwargs", "params", "query"}
        return sorted((named | READ | TAKEN) - set(rule.arguments))

    def _try(self, verb, path, **options):
        answer = self.url_open(path, method=verb, allow_redirects=False, **options)
        where = f"{verb} {path} {str(options)[:90]}: {answer.status_code}"
        if answer.status_code >= 500:
            self.problems.append(where)
        # What was typed may come back in a query, and nowhere else.
        headers = {**answer.headers, "Location": ""}
        place = answer.headers.get("Location", "").partition("?")[0]
        if EVIL in f"{headers}{place}" or "X-Evil" in headers:
            self.problems.append(f"{where} {answer.headers}")

    def _sent(self, verb, path, name):
        """One argument at a time; the others are as they should be."""
        for text in TEXTS[:1] if name in TAKEN else TEXTS:
            typed = f"{name}={quote_from_bytes(text)}"
            if verb == "POST":
                form = {"Content-Type": "application/x-www-form-urlencoded"}
                self._try(verb, path, data=typed, headers=form)
            else:
                self._try(verb, f"{path}?{typed}")
        # A file where a text is expected; bodies are read whatever the verb.
        self._try(verb, path, files={name: ("x.pdf", b"%PDF-")})

    def test_no_argument_breaks_a_route(self):
        routes = [*self._routes()]
        self.assertGreater(len(routes), 25)
        for rule, verb, path in routes:
            for name in self._arguments(rule):
                self._sent(verb, path, name)
        self.assertFalse(self.problems, "\n".join(["", *self.problems[:40]]))

    def test_the_same_for_who_is_logged_in(self):
        self.authenticate("admin", "admin")
        for rule, verb, path in self._routes():
            if rule.endpoint.routing["auth"] == "user":
                for name in self._arguments(rule):
                    self._sent(verb, path, name)
        self.assertFalse(self.problems, "\n".join(["", *self.problems[:40]]))

    def test_parts_of_paths(self):
        for text in PARTS_OF_PATHS:
            part = quote_from_bytes(text, safe="")
            for path in ("/p/{}", f"{self.path}/{{}}", f"{self.path}/ask/{{}}"):
                self._try("GET", path.format(part))
                self._try("POST", path.format(part) + "/send")
            for path in ("webhook/{}/1", "style/{}/pay.css", "whatsapp/{}", "jwks/{}"):
                self._try("GET", f"/pom/{path.format(part)}")
        self.assertFalse(self.problems, "\n".join(["", *self.problems[:40]]))

    def test_bodies(self):
        """Of what speaks JSON, and of what is judged as it came."""
        deep = b"[" * 50_000 + b"]" * 50_000
        bodies = [b"", b"null", b"[]", b'"x"', b"{", deep, b"\xff" * 99, b"1" * 9999]
        bodies += [b'{"params": []}', b'{"params": {"token": 1, "flow": []}}']
        bodies += [b'{"params": {"provider_id": 1e400, "payment_method_id": {}}}']
        json = {"Content-Type": "application/json"}
        for body in bodies:
            for path in (
                f"{self.path}/transaction",
                f"/pom/webhook/bancontact_pro/{self.provider.id}",
                f"/pom/whatsapp/{self.company.id}",
                f"{self.path}/pay",
            ):
                self._try("POST", path, data=body, headers=json)
        self.assertFalse(self.problems, "\n".join(["", *self.problems[:40]]))
