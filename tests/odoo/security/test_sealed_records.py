from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.odoo.security.common import SecurityCase

#: Models that people may write, and of what is written by the program all the same.
SEALED = (
    "pom.payer.request",
    "pom.paylink",
    "pom.delivery",
    "pom.reminder",
    "pom.payment.plan",
)
#: What somebody could make theirs, by model.
TEMPTING = {
    "pom.payer.request": ("partner_id", "paylink_id", "new_email", "amount", "state"),
    "pom.paylink": ("token", "move_id", "debtor_id", "valid_until", "withdrawn"),
    "pom.delivery": ("address", "text", "attachment_id", "paylink_id", "move_ids"),
    "pom.reminder": ("move_id", "delivery_id", "state", "level_id"),
    "pom.payment.plan": ("state", "booked_until", "late_told_on", "bill_id"),
}


@tagged("standard", "post_install", "-at_install")
class TestSealedRecords(SecurityCase):
    """What a debtor sent, and what was made of it, is written by nobody; and accepting
    it goes no further than the rights of whoever accepts.
    """

    def setUp(self):
        super().setUp()
        self.link = self.ours.of("pom.paylink")
        self.admin = self.env.ref("base.user_admin")
        self.admin.email = "admin@company.example"

    def _request(self, **values):
        requests = self.env["pom.payer.request"]
        return requests._receive(self.link, "contact", values, self.link.move_id)

    def test_read_only_is_so_at_the_door(self):
        for model in SEALED:
            record = self.ours.of(model)
            values = record.read(load="")[0]
            names = {n for n, f in record._fields.items() if f.store and f.readonly}
            names -= {"id", "create_uid", "create_date", "write_uid", "write_date"}
            self.assertLessEqual(set(TEMPTING[model]), names)
            for name in sorted(names):
                is_refused = self.refuses(
                    "billing", record, "write", {name: values[name]}
                )
                self.assertTrue(is_refused, f"{model}.{name}")

    def test_what_is_theirs_to_decide(self):
        request = self._request(new_zip="9000")
        self.rpc("billing", request, "write", {"deadline": "2030-01-01"})
        owner = self.people["billing"]
        self.rpc("billing", request, "write", {"user_id": owner.id})
        self.rpc("billing", self.ours.of("pom.paylink"), "action_withdraw")
        self.assertTrue(self.link.withdrawn)

    def test_billing_does_not_become_administrator(self):
        request = self._request(new_zip="9000")
        theft = {"partner_id": self.admin.partner_id.id, "new_email": "t@evil.example"}
        self.assertTrue(self.refuses("billing", request, "write", theft))
        # Whatever else may have put it there.
        request.partner_id = self.admin.partner_id
        with self.assertRaises(UserError):
            self.rpc("billing", request, "action_accept")
        self.assertEqual(self.admin.email, "admin@company.example")

    def test_accepting_needs_the_right_to_write_contacts(self):
        request = self._request(new_zip="9999")
        contacts = self.env.ref("base.group_partner_manager")
        self.people["billing"].group_ids -= contacts
        with self.assertRaises(AccessError):
            self.rpc("billing", request, "action_accept")
        self.assertNotEqual(self.luc.zip, "9999")
        self.people["billing"].group_ids += contacts
        self.rpc("billing", request, "action_accept")
        self.assertEqual((self.luc.zip, request.state), ("9999", "accepted"))

    def test_answers_still_work_for_billing(self):
        requests = self.env["pom.payer.request"]
        move = self.link.move_id
        plan = {"plan_count": 3, "plan_first_on": self.company._pom_today()}
        plan = requests._receive(self.link, "plan", plan, move)
        self.rpc("billing", plan, "action_accept")
        self.assertEqual((plan.state, plan.plan_id.amount), ("accepted", 99))
        self.rpc("billing", plan, "action_reopen")
        self.rpc("billing", plan, "action_refuse")
        self.assertEqual((plan.state, plan.plan_id.state), ("refused", "stopped"))
