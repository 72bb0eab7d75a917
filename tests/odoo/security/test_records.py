from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from tests.odoo.security import sweep
from tests.odoo.security.common import SecurityCase

#: Who may do nothing with whose records.
OUTSIDERS = (
    ("portal", "ours"),
    ("employee", "ours"),
    ("auditor", "theirs"),
    ("billing", "theirs"),
    ("manager_b", "ours"),
)
#: By these nobody groups.
UNGROUPED = ("date", "one2many", "binary", "json")
WITHOUT_IDS = ("search_count", "formatted_read_group", "create")
#: Of these a journal has one a rule: to make another is refused before it's checked.
ONE_EACH = ("pom.match.rule", "pom.paylink", "pom.reminder.setup")
#: What laws say, for all companies: whoever works with invoices may read it.
OF_ALL = ("pom.interest.rate",)
OUTSIDE = ("portal", "employee")
#: Questions to somebody: anybody with the right may have one of their own.
OWN = (
    "pom.match.past",
    "pom.match.past.line",
    "pom.payer.request.decision",
    "pom.reminder.again",
    "pom.reminder.preview",
    "pom.reminder.quiet",
    "pom.reminder.trial",
    "pom.reminder.trial.line",
)


@tagged("standard", "post_install", "-at_install")
class TestRecords(SecurityCase):
    """No record of ours is read, found, counted, exported, changed, made or deleted by
    whom it isn't for: each field by itself.
    """

    def _open(self, ways):
        """Ways that work though they mustn't.

        :param ways: record -> {what: (method, *arguments)}
        """
        return [
            f"{person}: {record} {what}"
            for name in sweep.our_models(self.env)
            for person, whose in OUTSIDERS
            if name not in OF_ALL or person in OUTSIDE
            for record in [getattr(self, whose).of(name)]
            for what, way in self._tried(person, record, ways(record))
        ]

    def _tried(self, person, record, ways):
        """Those that aren't refused; undone."""
        savepoint = self.env.cr.savepoint()
        model = self.seen_by(person, record)
        found = [(what, way) for what, way in ways.items() if self._works(model, *way)]
        self.env.invalidate_all(flush=False)
        savepoint.close(rollback=True)
        return found

    def _works(self, record, method, *args):
        """Whether that tells, or does, anything."""
        ids = [] if method in WITHOUT_IDS else [record.ids]
        try:
            return bool(call_kw(record.browse(), method, [*ids, *args], {}))
        except AccessError:
            return False
        except UserError:
            # Not everybody may export at all.
            return method != "export_data"

    def _fields(self, record):
        return [name for name in record._fields if name not in ("id", "display_name")]

    def _others(self, record, values):
        """Texts of which no two records may have the same, as others."""
        texts = [name for name in values if record._fields[name].type == "char"]
        return {name: f"{values[name]}2" for name in texts if values[name]}

    def test_reading(self):
        def ways(record):
            return {f"read {n}": ("read", [n]) for n in self._fields(record)}

        self.assertEqual(self._open(ways), [])

    def test_exporting(self):
        def ways(record):
            return {f"export {n}": ("export_data", [n]) for n in self._fields(record)}

        export = self.env.ref("base.group_allow_export")
        for person in self.people.values():
            person.group_ids += export if person._is_internal() else person.group_ids

        self.assertEqual(self._open(ways), [])

    def test_searching(self):
        """By what it holds: an answer would tell that."""

        def ways(record):
            mine = [("id", "in", record.ids)]
            return {
                "search": ("search_count", mine),
                **{
                    f"search {name}": ("search_count", [*mine, (name, "!=", False)])
                    for name in self._fields(record)
                    if record._fields[name]._description_searchable
                },
            }

        self.assertEqual(self._open(ways), [])

    def test_grouping(self):
        def ways(record):
            mine = [("id", "in", record.ids)]
            return {
                f"group {name}": ("formatted_read_group", mine, [name])
                for name in self._fields(record)
                if record._fields[name].store
                and record._fields[name]._description_groupable
                and not record._fields[name].type.startswith(UNGROUPED)
            }

        self.assertEqual(self._open(ways), [])

    def test_writing(self):
        def ways(record):
            values = {
                name: value
                for name, value in record.read(self._fields(record), load="")[0].items()
                if name != "id" and not record._fields[name].type.endswith("2many")
            }
            return {
                f"write {name}": ("write", {name: value})
                for name, value in values.items()
            }

        self.assertEqual(self._open(ways), [])

    def test_making_copying_and_deleting(self):
        def ways(record):
            found = {"copy": ("copy",), "delete": ("unlink",)}
            if record._name not in (*OWN, *ONE_EACH) and record._auto:
                values = record.copy_data()[0]
                found["create"] = ("create", {**values, **self._others(record, values)})
            return found

        self.assertEqual(self._open(ways), [])
