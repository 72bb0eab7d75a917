"""How often anybody may do what on a payment page, and from where."""

import collections
import random
import threading
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo.tests import HttpCase, tagged

from odoo.addons.pom_payment.models import ir_http

from tests.odoo.payment.common import PayPageCase

from .elsewhere import in_one_minute, sender


class Busy(SerializationFailure):
    pgcode = "40001"


@tagged("standard", "post_install", "-at_install")
class TestActionsAreCounted(PayPageCase):
    def setUp(self):
        super().setUp()
        in_one_minute()
        self.patch(ir_http, "ACTIONS_PER_MINUTE", 5)
        self.patch(ir_http, "ACTIONS_PER_LINK", 12)
        self.patch(ir_http, "MISSES_PER_MINUTE", 5)

    def _spellings(self):
        token = self.move.pom_paylink_id.token
        while True:
            yield "".join(random.choice((one, one.lower(), f"-{one}")) for one in token)

    def _codes(self, count, action="renew", paths=None):
        paths = paths or (f"/p/{one}/{action}" for one in self._spellings())
        return [self.post(next(paths)).status_code for _time in range(count)]

    def test_a_link_is_counted_however_it_is_spelt(self):
        codes = self._codes(8)
        self.assertEqual(codes, [303] * 5 + [429] * 3)

    def test_made_up_tokens_fill_no_table(self):
        counts = self.env["pom.rate.limit"]
        before = counts.search_count([])
        made_up = (f"/p/{random.getrandbits(104):026x}/pay" for _ in range(20))
        codes = self._codes(20, paths=made_up)
        self.assertEqual(codes, [404] * 5 + [429] * 15)
        self.assertEqual(counts.search_count([]), before + 1)

    def test_paying_has_its_own_allowance(self):
        self.assertEqual(self._codes(6)[-1], 429)
        answer = self.post(f"{self.path}/pay", way=self.way)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.move.transaction_ids.state, "draft")

    def test_nobody_shuts_the_debtor_out(self):
        """Whoever floods a link from one address leaves the others their share."""
        self.assertEqual(self._codes(20, "pay")[-1], 429)
        with self.allow_requests(all_requests=True):
            answer = sender("127.0.0.2").post(
                f"{self.base_url()}{self.path}/pay",
                data={"way": self.way},
                allow_redirects=False,
            )
        self.assertEqual(answer.status_code, 303)

    def test_what_is_played_again_is_counted_once(self):
        """As Odoo does when others hold a lock: twenty taps were a hundred."""
        links, tries, counted = type(self.move.pom_paylink_id), [], []
        count = ir_http._count_action

        def busy(link, code):
            tries.append(code)
            if len(tries) == 1:
                raise Busy

        self.patch(links, "_note_seen", busy)
        self.patch(
            ir_http, "_count_action", lambda *args: counted.append(args) or count(*args)
        )
        self.assertEqual(self.post(f"{self.path}/seen").status_code, 204)
        self.assertEqual((len(tries), len(counted)), (2, 1))

    def test_a_refusal_says_when_to_come_again(self):
        self._codes(5)
        answer = self.post(f"{self.path}/renew")
        self.assertEqual(answer.headers["Retry-After"], "60")


@tagged("standard", "post_install", "-at_install")
class TestOnlyDeclaredVerbs(HttpCase):
    def test_all_routes_of_ours_refuse_other_verbs(self):
        """OPTIONS ran handlers, uncounted and without a token against forgery."""
        threading.current_thread().dbname = self.env.cr.dbname
        self.authenticate("admin", "admin")
        rules = self.env["ir.http"].routing_map().iter_rules()
        ours = [rule for rule in rules if rule.rule.startswith(ir_http.OURS)]
        self.assertGreater(len(ours), 25)
        values = {"token": "A0" * 13, "kind": "png", "code": "mollie", "what": "logo"}
        declared = collections.defaultdict(set)
        for rule in ours:
            declared[rule.rule] |= set(rule.endpoint.routing["methods"] or ["POST"])
        for rule in ours:
            found = {
                name: values.get(name, 1 if name.endswith(("id", "version")) else "x")
                for name in rule.arguments
            }
            path = rule.build(found, append_unknown=False)[1]
            with self.subTest(path):
                answer = self.url_open(path, method="OPTIONS")
                # What isn't JSON comes no further at a route for it.
                self.assertIn(answer.status_code, (405, 415))
                others = {"GET", "POST", "PUT"} - declared[rule.rule]
                other = min(others)
                answer = self.url_open(path, method=other, allow_redirects=False)
                self.assertIn(answer.status_code, (400, 404, 405, 415))


@tagged("standard", "post_install", "-at_install")
class TestRemindersAreNotPutOffForEver(PayPageCase):
    """A mail scanner that fills in forms, or whoever has the link."""

    def test_later_has_a_cap_in_total(self):
        self.company._pom_setup().remind_days = 30
        today = self.company._pom_today()
        path = f"{self.path}/ask/remind/send"
        self.assertEqual(
            self.post(path, remind_on=today + timedelta(days=30)).status_code, 303
        )
        asked = self.env["pom.payer.request"].search([("kind", "=", "remind")], limit=1)
        self.env.cr.execute(
            "UPDATE pom_payer_request SET create_date = create_date - interval '20 d'"
            " WHERE id = %s",
            [asked.id],
        )
        self.env.invalidate_all()
        late, sooner = today + timedelta(days=11), today + timedelta(days=9)
        self.assertEqual(self.post(path, remind_on=late).status_code, 422)
        self.assertEqual(self.post(path, remind_on=sooner).status_code, 303)
