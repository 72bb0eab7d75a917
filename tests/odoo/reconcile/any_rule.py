"""What matching promises on the books, whichever rule decides: tests for each."""


class AnyRuleOnTheBooks:
    """Beside a ReconcileCase that has the ``code`` of the rule and ``_paid()``, which
    gives an open invoice and the bank line of which the rule decides that it pays it.
    """

    def _decision(self, line):
        line._pom_auto_match()
        return line.pom_match_id.filtered(lambda match: match.state == "matched")

    def test_booked_with_its_reason(self):
        invoice, line = self._paid()
        decision = self._decision(line)
        self.assertEqual(decision.rule, self.code)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertIn(invoice.name, decision.reason)
        self.assertIn(self.code, dict(decision._selection_rule()))

    def test_undone(self):
        invoice, line = self._paid()
        self._decision(line).action_undo()
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertFalse(line.is_reconciled)

    def test_switched_off_on_a_journal(self):
        _invoice, line = self._paid()
        rule = self.journal.pom_rule_ids.filtered(lambda one: one.code == self.code)
        self.assertTrue(rule)
        rule.active = False
        self.assertNotEqual(self._decision(line).rule, self.code)

    def test_journals_to_come_have_it(self):
        journal = self.journal.create({"name": "B", "code": "B9", "type": "bank"})
        self.assertIn(self.code, journal.pom_rule_ids.mapped("code"))
        self.assertEqual(journal._pom_rules(), tuple(self.env["pom.match"]._rules()))
