from odoo import api, fields, models

from ..tools.references import in_text, spelled
from .account_move_debt import PAYABLE

#: The account that a line came from, as it is indexed, and as accounts of contacts keep
#: theirs (``sanitized_acc_number``); of a column.
NUMBER = "upper(regexp_replace(%s, '[^[:alnum:]]', '', 'g'))"


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    pom_named_id = fields.Many2one(
        "account.move",
        string="Reference Of",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The open invoice whose reference the payer gave. Its page says that the "
        "money was received, before somebody has booked it.",
    )

    _pom_named_idx = models.Index(
        "(pom_named_id) WHERE pom_named_id IS NOT NULL AND is_reconciled IS NOT TRUE"
    )
    # Which of the lines that nobody matched are a debtor's: what each view of a page
    # asks, by name and by account (``res.partner._pom_bank_lines``).
    _pom_waiting_partner_idx = models.Index(
        "(partner_id) WHERE is_reconciled IS NOT TRUE AND amount > 0"
    )
    _pom_waiting_account_idx = models.Index(
        f"({NUMBER % 'account_number'}) "
        "WHERE is_reconciled IS NOT TRUE AND amount > 0 AND partner_id IS NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'account'
        booked = [bool(vals.get("counterpart_account_id")) for vals in vals_list]
        lines = super().create(vals_list)
        waiting = zip(lines, booked, strict=True)
        self.browse(line.id for line, is_booked in waiting if not is_booked)._pom_came()
        return lines

    def _pom_came(self):
        """Note what new lines say that weren't booked at once, however they were made.

        Whoever makes them without ``create`` calls it, and whoever must know of new
        lines extends it.
        """
        self._pom_find_named()

    def _pom_kept(self):
        """What the bank kept of the money, in the line's currency: it came to so much
        more for whoever paid. Hook.

        :rtype: float
        """
        return 0.0

    def write(self, vals):
        # EXTENDS 'account'
        done = super().write(vals)
        if "payment_ref" in vals:
            self._pom_find_named()
        return done

    def action_undo_reconciliation(self):
        # EXTENDS 'account': what was booked at once was never looked at for that.
        if self:  # Core calls this on none, too, whoever is at it.
            self.check_access("write")
        result = super().action_undo_reconciliation()
        self._pom_find_named()
        return result

    def _pom_find_named(self):
        """Note which open invoice each names by its reference, where it's one only."""
        incoming = self.filtered(lambda line: line.amount > 0 and line.payment_ref)
        keys = {line: _spellings(line.payment_ref) for line in incoming}
        if not keys:
            return
        wanted = list(set().union(*keys.values()))
        debts = self.env["account.move"].sudo()
        debts = debts.search_fetch(
            [
                ("company_id", "child_of", incoming.company_id.ids),
                ("move_type", "in", PAYABLE),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                "|",
                ("payment_reference", "in", wanted),
                ("name", "in", wanted),
            ],
            ["payment_reference", "name"],
        )
        named = {}
        for debt in debts:
            for key in {debt.payment_reference, debt.name} - {False}:
                named.setdefault(key, set()).add(debt.id)
        for line, spellings in keys.items():
            ids = set().union(*(named.get(key, ()) for key in spellings))
            line.pom_named_id = next(iter(ids)) if len(ids) == 1 else False


def _spellings(text):
    """References of invoices as they may be kept, of those that a text gives."""
    compact = in_text(text)
    return {text.strip(), *compact, *map(spelled, compact)}
