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
