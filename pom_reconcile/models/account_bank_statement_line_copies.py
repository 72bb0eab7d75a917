from collections import Counter, defaultdict
from itertools import groupby

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.entry_copies import GIVEN, ITEM, LINE, MOVE, insertion, parameters

#: Whose code on entries, items and bank lines was read: for an entry of a bank it does
#: nothing, or nothing that a copied row hasn't got. Where anybody else makes, posts or
#: computes these, core makes every entry.
KNOWN = frozenset(
    """account account_edi account_edi_ubl_cii account_fleet account_payment
    account_peppol account_reconcile_oca account_statement_base
    account_statement_import_base account_statement_import_file
    account_reconcile_model_oca analytic base l10n_be l10n_de l10n_fr_account l10n_lu
    l10n_nl mail point_of_sale portal pos_sale product product_email_template purchase
    purchase_stock sale sale_timesheet snailmail_account stock_account website_sale
    """.split()
)
#: What these could do otherwise.
_MAKING = (
    "create",
    "write",
    "_post",
    "action_post",
    "_compute_name",
    "_prepare_move_line_default_vals",
)
_MODELS = ("account.move", "account.bank.statement.line", "account.move.line")
_ALL_HAVE = {"journal_id", "date", "amount", "counterpart_account_id", "checked"}
#: What an entry has of its partner: core computes it.
_OF_PARTNER = {
    "commercial_partner_id",
    "invoice_partner_display_name",
    "partner_bank_id",
}
#: Below that, core is as quick.
FEW = 4


class AccountBankStatementLine(models.Model):
    """Entries of a batch as copies of entries that core made, all in one statement.

    Nine tenths of what core takes for an entry is computing what is the same for all
    entries of a journal. Rows are those that core would have made: the tests compare
    them column by column.
    """

    _inherit = "account.bank.statement.line"

    @api.model
    def _pom_create_batch(self, vals_list, journal):
        # EXTENDS 'pom_reconcile'
        """Create lines, most of them as copies."""
        groups = self._pom_alike(vals_list, journal)
        copied = {number for group in groups for number in group[1:]}
        ids = []
        # Of a day, lines are listed in the order of their ids: as the bank gave them.
        numbers = range(len(vals_list))
        for is_copied, run in groupby(numbers, key=copied.__contains__):
            if is_copied:
                ids += self._pom_next_ids(LINE, len(list(run)))
            else:
                made = [vals_list[number] for number in run]
                ids += super()._pom_create_batch(made, journal).ids
        if copied:
            self._pom_copy(vals_list, groups, ids)
        return self.browse(ids)

    # Which ones

    def _pom_alike(self, vals_list, journal):
        """Return the numbers of lines whose entries are alike but for what the bank
        said: of a month, as names are made by, and with the same counterpart.

        :return: lists of numbers; the first of each is core's to make.
        """
        if len(vals_list) < FEW or not self._pom_may_copy(vals_list, journal):
            return []
        groups = defaultdict(list)
        for number, vals in enumerate(vals_list):
            if self._pom_is_plain(vals):
                day = fields.Date.to_date(vals["date"])
                counterpart = vals.get("counterpart_account_id")
                groups[day.year, day.month, counterpart].append(number)
        return [group for group in groups.values() if len(group) > 1]

    def _pom_is_plain(self, vals):
        """Whether core makes an entry of two items of it, of values that we know the
        columns of."""
        given = {name for name, value in vals.items() if value}
        return given <= _ALL_HAVE | GIVEN.keys() and "amount" in given

    def _pom_may_copy(self, vals_list, journal):
        """Whether entries of the journal have nothing of their own: no chain of hashes,
        no other currency, no taxes, no analytic, no closed period, no log.
        """
        company = journal.company_id
        first = min(fields.Date.to_date(vals["date"]) for vals in vals_list)
        accounts = self._pom_accounts(vals_list, journal)
        return not (
            journal.restrict_mode_hash_table
            or company.restrictive_audit_trail
            or not self.env.context.get("tracking_disable")
            or (journal.currency_id or company.currency_id) != company.currency_id
            or accounts.tax_ids
            or accounts.currency_id
            or not self._pom_without_analytics()
            or company._get_violated_lock_dates(first, False, journal)
            or self._pom_strangers()
        )

    def _pom_strangers(self):
        """Return who else has a hand in how entries are made, by name of the addon."""
        return {
            addon
            for name in _MODELS
            for addon in self._pom_makers(self.env[name])
            if addon not in KNOWN and not addon.startswith("pom_")
        }

    def _pom_makers(self, model):
        for parent in type(model).mro():
            if any(name in vars(parent) for name in _MAKING):
                # Of Odoo's basis it's None; the registry's own class has none, and
                # such a method only where something patched it.
                yield vars(parent).get("_module", "a patch") or "base"
        for field in model._fields.values():
            if field.store and (field.compute or field.related):
                yield field._module

    # Copying

    def _pom_copy(self, vals_list, groups, ids):
        """Make the copies. What core checks and tells of new ones is done for all."""
        self.env.flush_all()
        rows = self._pom_rows(vals_list, groups, ids)
        self.env.cr.execute(SQL(insertion(self._pom_columns()), *parameters(rows)))
        self._pom_count_partners(rows)
        lines = self.browse(row["line_id"] for row in rows)
        self._pom_made(
            self.env["account.move"].browse(row["move_id"] for row in rows),
            lines,
            self.env["account.move.line"].browse(
                row[name] for row in rows for name in ("bank_item_id", "other_item_id")
            ),
        )
        lines.filtered(lambda line: not line.is_reconciled)._pom_came()

    def _pom_rows(self, vals_list, groups, ids):
        rows = []
        for group in groups:
            line = self.browse(ids[group[0]])
            account = line.journal_id.default_account_id
            items = line.move_id.line_ids
            bank = items.filtered(lambda item, a=account: item.account_id == a)[:1]
            template = {
                "template_move": line.move_id.id,
                "template_line": line.id,
                "bank_item": bank.id,
                "other_item": (items - bank).id,
            }
            rows += [
                template | {"line_id": ids[n]} | self._pom_row(vals_list[n], line)
                for n in group[1:]
            ]
        self._pom_name(rows)
        move_ids = self._pom_next_ids(MOVE, len(rows))
        item_ids = iter(self._pom_next_ids(ITEM, 2 * len(rows)))
        for row, move_id in zip(rows, move_ids, strict=True):
            row["move_id"] = move_id
            row["bank_item_id"], row["other_item_id"] = next(item_ids), next(item_ids)
        return rows

    def _pom_row(self, vals, line):
        """Return what the line was given with, as PostgreSQL wants it."""
        row = {
            "date": fields.Date.to_date(vals["date"]),
            "amount": str(line.currency_id.round(float(vals["amount"]))),
        }
        for name in GIVEN.keys() & vals.keys():
            owner = line.move_id if GIVEN[name].table == MOVE else line
            field = owner._fields[name]
            row[name] = field.convert_to_column_insert(vals[name], owner)
        return row

    def _pom_next_ids(self, table, size):
        query = SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)", f"{table}_id_seq", size
        )
        return [number for (number,) in self.env.execute_query(query)]

    def _pom_name(self, rows):
        """Count the names up, by day, from the last one that core gave.

        Core's own took the lock that keeps others away from these numbers.
        """
        moves = self.env["account.move"].browse(row["template_move"] for row in rows)
        by_prefix = defaultdict(list)
        for row, move in zip(rows, moves, strict=True):
            by_prefix[move.sequence_prefix].append(row)
        for prefix, named in by_prefix.items():
            move = moves.browse(named[0]["template_move"])
            form, values = move._get_sequence_format_param(move.name)
            last = self._pom_last_number(move, prefix)
            named.sort(key=lambda row: (row["date"], row["line_id"]))
            for number, row in enumerate(named, last + 1):
                row["sequence_number"] = number
                row["name"] = form.format(**{**values, "seq": number})
            key = (form.format(**{**values, "seq": 0}), move.journal_id)
            move._get_sequence_cache()[key] = last + len(named)

    def _pom_last_number(self, move, prefix):
        (last,) = self.env.execute_query(
            SQL(
                """SELECT sequence_number FROM account_move
                    WHERE journal_id = %s AND sequence_prefix = %s
                    ORDER BY sequence_number DESC LIMIT 1""",
                move.journal_id.id,
                prefix,
            )
        )[0]
        return last

    def _pom_columns(self):
        """Return the columns of the three tables, other addons' too."""
        columns = defaultdict(list)
        for table, name in self.env.execute_query(
            SQL(
                """SELECT c.relname, a.attname
                     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                    WHERE a.attrelid IN (%s::regclass, %s::regclass, %s::regclass)
                      AND a.attnum > 0
                      AND NOT a.attisdropped
                      AND a.attgenerated = ''
                    ORDER BY a.attnum""",
                MOVE,
                LINE,
                ITEM,
            )
        ):
            columns[table].append(name)
        return columns

    def _pom_made(self, moves, lines, items):
        """Have everything that depends on the new rows computed, and them checked."""
        created = (moves, lines, items)
        for records in created:
            stored = [name for name, field in records._fields.items() if field.store]
            records.modified([name for name in stored if name != "id"])
        for records in created:
            for field in records._fields.values():
                of_partner = field.name in _OF_PARTNER and records == moves
                if field.store and field.compute and not of_partner:
                    self.env.remove_to_compute(field, records)
        for records in created:
            records._validate_fields(
                [name for name, field in records._fields.items() if field.store]
            )
        with moves._check_balanced({"records": moves}):
            pass
        moves._check_fiscal_lock_dates()
        items._check_tax_lock_date()

    def _pom_count_partners(self, rows):
        """Count customers and suppliers as core does when it posts."""
        items = self.env["account.move.line"]
        ranks = {"asset_receivable": Counter(), "liability_payable": Counter()}
        for row in rows:
            kind = items.browse(row["other_item"]).account_id.account_type
            if row.get("partner_id") and kind in ranks:
                ranks[kind][row["partner_id"]] += 1
        for kind, rank in (
            ("asset_receivable", "customer_rank"),
            ("liability_payable", "supplier_rank"),
        ):
            times = Counter()
            for partner in self.env["res.partner"].browse(ranks[kind]):
                for one in partner | partner.commercial_partner_id:
                    times[one] += ranks[kind][partner.id]
            # Those of one count at once: who is new is written.
            for count in set(times.values()):
                alike = [one.id for one, n in times.items() if n == count]
                self.env["res.partner"].browse(alike)._increase_rank(rank, count)
