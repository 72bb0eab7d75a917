from odoo import models
from odoo.exceptions import AccessError


class PomSealed(models.AbstractModel):
    """Records of what was asked, told or sent. Whoever may answer or decide may write
    what is theirs to decide; what is read-only on the screen is written by the program
    alone, whoever asks: a rule of the form isn't one of the door.
    """

    _name = "pom.sealed"
    _description = "Written by the Program"

    def write(self, vals):
        # EXTENDS 'base'
        if not self.env.su:
            self._check_sealed(vals)
        return super().write(vals)

    def _check_sealed(self, vals):
        sealed = sorted(name for name in vals if self._is_sealed(name))
        if sealed:
            raise AccessError(
                self.env._(
                    "%(model)s: nobody changes %(fields)s by hand.",
                    model=self._description,
                    fields=", ".join(sealed),
                )
            )

    def _is_sealed(self, name):
        field = self._fields.get(name)
        return bool(field and field.store and field.readonly)
