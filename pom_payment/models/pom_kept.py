from odoo import api, models


class PomKept(models.AbstractModel):
    """Of whose records workers keep something in memory (``ormcache``), until one is
    made, written or removed.
    """

    _name = "pom.kept"
    _description = "Kept in Memory"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        made = super().create(vals_list)
        made._pom_clear_kept(None)
        return made

    def write(self, vals):
        # EXTENDS 'base'
        done = super().write(vals)
        self._pom_clear_kept(vals)
        return done

    def unlink(self):
        # EXTENDS 'base'
        done = super().unlink()
        self._pom_clear_kept(None)
        return done

    def _pom_clear_kept(self, written):
        if self and self._pom_is_kept(written):
            self.env.registry.clear_cache()

    def _pom_is_kept(self, written):
        """Whether what changes may be kept.

        :param written: values, None where records are made or removed; those may not
            exist any more
        """
        return True
