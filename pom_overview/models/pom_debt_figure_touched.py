from odoo import api, models, tools
from odoo.tools import SQL

from .pom_debt_figure import DEPENDS

#: Invoices whose kept rows don't say any more how it is.
TOUCHED = "pom_debt_figure_touched"
#: Where ids wait until the transaction is about to be committed.
WAITING = "pom_overview_touched"
#: Says that rows are kept, or are about to be: from then on changes are noted.
NOTING = "pom_overview.notes_changes"


class PomDebtFigure(models.Model):
    """What changed since the rows of large books were counted: whoever looks counts
    those invoices anew, so that a payment of a moment ago is in all figures.
    """

    _inherit = "pom.debt.figure"

    @api.model
    def _touch(self, ids):
        """The rows of these invoices are to be counted anew.

        Noted at the end of the transaction, once, in a table that is only added to:
        nobody waits for anybody.
        """
        if not ids or not self._notes_changes():
            return
        precommit = self.env.cr.precommit
        if WAITING not in precommit.data:
            precommit.data[WAITING] = set()
            precommit.add(self.env["pom.debt.figure"].sudo()._note_touched)
        precommit.data[WAITING].update(ids)

    @api.model
    def _changed(self, records, vals_list, more=()):
        """Those of these records of which something is written that rows are made of.

        :param vals_list: what is written of each
        :param more: names of further fields
        """
        telling = {*DEPENDS[records._name], *more} if self._notes_changes() else set()
        pairs = zip(records, vals_list, strict=True)
        changed = [record.id for record, vals in pairs if telling & vals.keys()]
        # Whoever's flush this is need not be allowed to read it.
        return records.browse(changed).sudo()

    @api.model
    def _note_touched(self):
        ids = self.env.cr.precommit.data.pop(WAITING)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (move_id) SELECT unnest(%s)",
                SQL.identifier(TOUCHED),
                sorted(ids),
            )
        )

    @api.model
    def _touched(self):
        """
        :return: a query of the ids of invoices, those of this transaction among them
        """
        waiting = sorted(self.env.cr.precommit.data.get(WAITING, ()))
        noted = SQL("SELECT move_id FROM %s", SQL.identifier(TOUCHED))
        if not waiting:
            return noted
        return SQL("%s UNION ALL SELECT unnest(%s)", noted, waiting)

    @api.model
    @tools.ormcache()
    def _notes_changes(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(NOTING))

    @api.model
    def _note_changes(self, is_on):
        self.env["ir.config_parameter"].sudo().set_param(NOTING, is_on and "1")
        self.env.registry.clear_cache()
