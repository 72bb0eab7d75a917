from odoo import models

from ..tools import request_form
from ..tools.registry import by_code


class PomPaylink(models.Model):
    """What debtors can ask with the link."""

    _inherit = "pom.paylink"

    def _request_kinds(self):
        """What can be asked now, by code.

        :rtype: dict[str, RequestKind]
        """
        kinds = by_code(self._all_request_kinds())
        state = self.state
        kinds = {code: kind for code, kind in kinds.items() if state in kind.states}
        # Who has no money here asks for none.
        if "money_back" in kinds and not self._words_of_surplus():
            del kinds["money_back"]
        return kinds

    def _all_request_kinds(self):
        """Hook: an addon adds its own.

        :rtype: list[RequestKind]
        """
        return list(request_form.KINDS)

    def _debtor_has_login(self):
        """Whether the e-mail address of the debtor opens more than this link does."""
        debtor = self.partner_id.sudo().with_context(active_test=False)
        return bool(debtor.user_ids)

    def _last_days(self):
        """The last day that may be chosen, by name of a form's field. Hook.

        :rtype: dict[str, datetime.date]
        """
        return {}

    def _seen_first(self, kind, values, moves):
        """A mark of what must have been shown before this is sent; '' for most. Hook.

        :param str kind: of the request, with its ``values`` as they were read
        :param moves: what it is about
        """
        return ""
