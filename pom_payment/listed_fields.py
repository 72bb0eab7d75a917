"""Fields without a column that lists sort and group by all the same, as their models'
``_field_to_sql`` says.

Each definition of such a field is of that class: Odoo finds the words of a selection,
to translate them, in definitions of one class only.
"""

from odoo import fields


class ListedSelection(fields.Selection):
    """No column, and sorted and grouped all the same: by ``_field_to_sql``."""

    def _description_sortable(self, env):
        return True

    def _description_groupable(self, env):
        return True


class ListedInteger(fields.Integer):
    """The same of a number."""

    def _description_sortable(self, env):
        return True

    def _description_groupable(self, env):
        return True
