"""What a clever adversary would have debtors, banks and suppliers write.

One company, one batch of bank lines, and for each line the outcomes that an accountant
would accept. The books are looked at, not what we say of them.
"""

from .stories_entered import EnteredStories
from .stories_named import NamedStories
from .stories_people import PeopleStories


class TestAdversary(NamedStories, PeopleStories, EnteredStories):
    def test_batch(self):
        self.tell_all()
        lines = self.env["account.bank.statement.line"]._pom_create_matched(
            [dict(told.vals) for told in self.told]
        )
        self.check(lines)

    def test_one_by_one(self):
        """As bank feeds and people enter lines: by create, through OCA's hook."""
        self.tell_all(every=3)
        lines = self.env["account.bank.statement.line"]
        Line = lines.with_context(_test_account_reconcile_oca=True)
        for told in self.told:
            lines += Line.create(dict(told.vals))
        self.check(lines)

    def tell_all(self, every=1):
        stories = [n for n in dir(self) if n.startswith("tell_") and n != "tell_all"]
        for name in stories[::every]:
            self.story = name
            getattr(self, name)()

    def check(self, lines):
        wrong, left = self.judge(lines)
        self.assertFalse(wrong, "\n".join(wrong))
        decidable = sum(told.decidable for told in self.told)
        self.assertGreater(decidable, len(lines) / 3)
        self.assertLessEqual(len(left), decidable * 0.05, "\n".join(left))
