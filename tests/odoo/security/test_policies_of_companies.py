from odoo.tests import tagged

from tests.odoo.security.common import SecurityCase

PARTS = {
    "pom.reminder.policy": {"name": "Theirs"},
    "pom.reminder.policy.level": {"text": "Pay to BE00"},
    "pom.ab.test": {"planned": 1},
    "pom.ab.variant": {"text": "Pay to BE00"},
}


@tagged("standard", "post_install", "-at_install")
class TestPoliciesOfCompanies(SecurityCase):
    """Nobody words what another company says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = cls.ours.of("pom.reminder.policy")
        common = policy.copy({"company_id": False})
        level = cls.ours.of("pom.reminder.policy.level").copy({"policy_id": common.id})
        test = cls.ours.of("pom.ab.test").copy({"level_id": level.id})
        variant = cls.ours.of("pom.ab.variant").copy({"test_id": test.id})
        cls.common = [common, level, test, variant]

    def test_of_another_company(self):
        for name, values in PARTS.items():
            record = self.ours.of(name)
            for method, *args in (("read", ["id"]), ("write", values), ("unlink",)):
                self.assertTrue(self.refuses("manager_b", record, method, *args), name)

    def test_of_the_own_company(self):
        for name, values in PARTS.items():
            self.assertTrue(self.rpc("manager", self.ours.of(name), "write", values))

    def test_common_ones_are_read_by_all_and_written_by_administrators(self):
        for record in self.common:
            values = PARTS[record._name]
            for person in ("manager", "manager_b", "billing"):
                self.assertTrue(self.rpc(person, record, "read", ["id"]))
                self.assertTrue(self.refuses(person, record, "write", values), record)
                self.assertTrue(self.refuses(person, record, "unlink"), record)
            self.assertTrue(self.rpc("system", record, "write", values))

    def test_nothing_is_hung_on_a_common_policy(self):
        level = self.common[1]
        values = level.copy_data()[0]
        self.assertTrue(self.refuses("manager", level, "create", values))
        self.assertFalse(self.refuses("system", level, "create", values))
        # Nor moved to one.
        own = self.ours.of("pom.reminder.policy.level")
        moved = {"policy_id": self.common[0].id}
        self.assertTrue(self.refuses("manager", own, "write", moved))

    def test_a_common_policy_plans_for_the_own_company_alone(self):
        move = self.ours.invoice
        self.other.pom_policy_consumer_id = self.common[0]
        self.company.pom_policy_consumer_id = self.common[0]
        reminders = self.env["pom.reminder"]
        before = reminders.search_count([("move_id", "=", move.id)])
        self.rpc("manager_b", self.common[0], "action_try")
        after = reminders.search_count([("move_id", "=", move.id)])
        self.assertEqual(after, before)
        lines = self.env["pom.reminder.trial.line"].search([])
        self.assertNotIn(move, lines.move_ids)
