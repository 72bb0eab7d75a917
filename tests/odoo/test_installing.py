"""The columns that are made beforehand are those that Odoo would make."""

from odoo.models import MetaModel
from odoo.tests import TransactionCase, tagged

from odoo.addons.pom_payment import installing

from dev.addons import addons


@tagged("standard", "post_install", "-at_install")
class TestInstalling(TransactionCase):
    def test_types_are_odoo_s(self):
        seen = 0
        for addon in addons():
            for definition in MetaModel._module_to_models__.get(addon, ()):
                model = self.env.get(definition._name)
                if model is None or model._abstract:
                    continue
                for field in definition._field_definitions:
                    if not installing._is_plain(field):
                        continue
                    seen += 1
                    [kind, *_more] = model._fields[field.name].column_type
                    where = f"{addon}: {definition._name}.{field.name}"
                    self.assertEqual(installing._type(field).code, kind, where)
        self.assertGreater(seen, 200)

    def test_required_ones_are_never_empty(self):
        """Else Odoo locks somebody's table a second time to make them so."""
        seen = 0
        for addon in addons():
            for definition in MetaModel._module_to_models__.get(addon, ()):
                model = self.env.get(definition._name)
                if model is None or model._original_module in addons():
                    continue
                for field in definition._field_definitions:
                    if field._args__.get("required") and installing._is_plain(field):
                        seen += 1
                        where = f"{addon}: {definition._name}.{field.name}"
                        sql = installing._column(field).code
                        self.assertIn("NOT NULL DEFAULT", sql, where)
        self.assertGreater(seen, 2)
