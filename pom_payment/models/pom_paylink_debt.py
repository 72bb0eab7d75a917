from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..debt import amounts
from ..debt.facts import ZERO
from ..debt.statement import all_of, statement
from .account_move_debt import DOCUMENTS

#: Documents that one page of a statement shows, and that one payment may be for.
PAGE = 100


class Choice(NamedTuple):
    """What somebody pays in one go; ``problem`` says why the wish wasn't followed."""

    moves: models.BaseModel
    currency: models.BaseModel
    amount: Decimal
    bounds: amounts.Bounds
    problem: str = ""


class Window(NamedTuple):
    """The documents of one page of a statement, which page of how many it is, how many
    documents come before, and all of them.
    """

    moves: models.BaseModel
    number: int
    pages: int
    before: int
    every: models.BaseModel


class PomPaylink(models.Model):
    """What the debt behind a link comes to, at the moment of looking."""

    _inherit = "pom.paylink"

    views = fields.Integer(
        readonly=True, help="How often a person looked; mail scanners don't count."
    )
    last_seen = fields.Datetime(readonly=True)

    @api.model
    def _statement_of(self, partner, company):
        """The live statement link of this debtor, made when there is none."""
        debtor = partner._pom_statement_debtor(company)
        return self._live_statement(debtor, company) or self.create(
            {
                "debtor_id": debtor.id,
                "company_id": company.id,
                "valid_until": self._valid_until(company),
            }
        )

    @api.model
    def _live_statement(self, debtor, company):
        return self.search(
            [
                ("debtor_id", "=", debtor.id),
                ("company_id", "=", company.id),
                ("withdrawn", "=", False),
                ("merged_into_id", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _merge_statements(self, debtors, kept):
        """Before these become one: links to their statements lead to that of who is
        kept.
        """
        links = self.sudo().search(
            [
                ("debtor_id", "in", (debtors | kept).ids),
                ("withdrawn", "=", False),
                ("merged_into_id", "=", False),
            ]
        )
        for _company, group in links.grouped("company_id").items():
            own = group.filtered(lambda link: link.debtor_id == kept)
            survivor = (own or group.sorted("id"))[:1]
            (group - survivor).merged_into_id = survivor
            group.search(
                [("merged_into_id", "in", (group - survivor).ids)]
            ).merged_into_id = survivor
        self.env.flush_all()

    def _newer(self):
        """The live link to the same debt; this one itself when it's live."""
        if self.move_id:
            return self.move_id.pom_paylink_id
        return self._live_statement(self.debtor_id, self.company_id)

    # -- what is owed ------------------------------------------------------------------

    def _documents(self):
        """What is behind this link, credit notes and what is being paid included. Of
        thousands those of the page that somebody looks at, the oldest first.
        """
        if self.move_id:
            return self.move_id
        moves = self._window().moves
        moves.fetch(self._move_fields())
        return moves.sorted(lambda move: move.pom_standing.day or date.max)

    def _window(self):
        """
        :rtype: Window
        """
        every = self._once("documents", self._every_document)
        pages = max(-(-len(every) // PAGE), 1)
        number = min(self.env.context.get("pom_page", 1), pages)
        before = (number - 1) * PAGE
        return Window(every[before : before + PAGE], number, pages, before, every)

    def _every_document(self):
        return self.env["account.move"].search(
            [self._whose(), *self._open_domain()], order="id"
        )

    def _books_say(self):
        """What the books have open of all that a statement is about, by currency: asked
        as the documents are, since thousands of ids are looked for in the whole table.

        :rtype: dict[res.currency, float]
        """
        totals = defaultdict(float)
        for currency, kind, open_ in self.env["account.move"]._read_group(
            [self._whose(), *self._open_domain()],
            ["currency_id", "move_type"],
            ["amount_residual:sum"],
        ):
            totals[currency] += -open_ if kind == "out_refund" else open_
        return dict(totals)

    def _open_domain(self):
        return [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "posted"),
            ("move_type", "in", DOCUMENTS),
            ("amount_residual", "!=", 0),
        ]

    def _whose(self):
        """The part of a domain that says whose documents a statement shows: those of
        one contact, unless the creditor wants the whole company's.
        """
        debtor = self.debtor_id._pom_statement_debtor(self.company_id)
        name = "partner_id"
        if self.company_id.pom_statement_whole:
            name = "commercial_partner_id"
        return (name, "=", debtor.id)

    def _open_moves(self):
        """Those of them that can be paid with this link."""
        if self.move_id:
            return self.move_id
        return self._documents().filtered(lambda move: move.pom_standing.can_be_paid)

    def _word(self):
        """What lists, pictures and third systems say of all that is behind this link.

        :return: a word of ``debt.standing.WORDS``
        """
        return "withdrawn" if self.withdrawn else self._debt_word()

    def _debt_word(self):
        """How all that is behind this link stands, in a word."""
        return self._debt_words()[self.id]

    def _debt_words(self):
        """The same of many links, by id, with a fixed number of queries.

        :rtype: dict[int, str]
        """
        statements = self.filtered("debtor_id")
        documents = {link: link._documents() for link in statements[:1]}
        if len(statements) > 1:
            documents = statements._documents_of_each()
        words = {
            link.id: all_of(
                statement(move.pom_standing for move in group)
                for group in moves.grouped("currency_id").values()
            )
            for link, moves in documents.items()
        }
        invoices = self - statements
        return {link.id: link.move_id.pom_standing.word for link in invoices} | words

    def _documents_of_each(self):
        """What the first page of each of these statements shows.

        :rtype: dict[pom.paylink, account.move]
        """
        domains = [Domain([link._whose(), *link._open_domain()]) for link in self]
        every = self.env["account.move"].search_fetch(
            Domain.OR(domains), self._move_fields(), order="id"
        )
        ids = defaultdict(list)
        for move in every:
            for name in ("partner_id", "commercial_partner_id"):
                ids[move.company_id.id, name, move[name].id].append(move.id)
        documents = {}
        for link in self:
            name, _equals, debtor_id = link._whose()
            found = ids[link.company_id.id, name, debtor_id][:PAGE]
            documents[link] = every.browse(found).with_prefetch(every.ids)
        return documents

    # -- what is chosen ----------------------------------------------------------------

    def _choice(self, items=(), typed="", ticked=False):
        """What will be paid: by default all that is asked now.

        :param items: ids of documents, of a statement only
        :param str typed: an amount, as somebody wrote it
        :param bool ticked: whether that is all that somebody wants, be it nothing
        :rtype: Choice
        """
        named = bool(items or ticked) and bool(self.debtor_id)
        moves = self._chosen_moves(items if named else None)
        currency = moves[:1].currency_id or self.company_id.currency_id
        bounds = self._bounds(moves)
        amount, problem = amounts.choose(typed, bounds, currency.decimal_places)
        if named and not moves:
            problem = "gone" if items else "unticked"
        if not problem and amount <= 0:
            problem = "nothing"
        return Choice(moves, currency, amount, bounds, problem)

    def _chosen_moves(self, items):
        """
        :param items: ids; None for what is asked
        """
        moves = self._open_moves()
        if items is None:
            chosen = self._asked_of(moves)
        else:
            # What was named and is gone is never replaced by something else.
            chosen = moves.filtered(lambda move: move.id in items)
        asked = chosen.filtered(lambda move: move.pom_standing.asked) or chosen
        currency = self.company_id.currency_id
        if currency not in asked.currency_id:
            currency = asked[:1].currency_id
        chosen = chosen.filtered(lambda move: move.currency_id == currency)
        return chosen | self._set_off(chosen)

    def _asked_of(self, moves):
        """What is to be paid now, with what credit covers; all when nothing is. What
        the debtor told us to have paid is only asked where there is nothing else.
        """
        standings = {move: move.pom_standing for move in moves}
        if not any(one.asked for one in standings.values()):
            return moves
        asked = moves.filtered(
            lambda move: standings[move].asked or standings[move].word == "covered"
        )
        rest = asked - asked._pom_told_paid()
        return rest if any(standings[move].asked for move in rest) else asked

    def _still_asked(self, items):
        """Of what a message asked for, what the debtor didn't tell us to have paid
        since; all of it where that is all.

        :param items: ids of documents
        """
        moves = self._open_moves().filtered(lambda move: move.id in items)
        told = moves._pom_told_paid()
        return [item for item in items if item not in told.ids] or items

    def _set_off(self, moves):
        """Credit notes that cover a part of these: they go with the payment."""
        if self.move_id or not any(move.pom_standing.covered for move in moves):
            return self.env["account.move"]
        return self._documents().filtered(
            lambda move: move.pom_standing.word == "credit"
            and move.currency_id == moves.currency_id
        )

    def _bounds(self, moves):
        if not self.debtor_id:
            return self.move_id._pom_bounds()
        # What isn't due is chosen by who wants to pay it all the same.
        wanted = moves.filtered(
            lambda move: move.pom_standing.word not in ("covered", "credit")
        )
        wanted = wanted or moves
        total = sum((move._pom_bounds().asked for move in wanted), ZERO)
        return amounts.Bounds(total - self._on_top(wanted), total, total)

    def _on_top(self, moves):
        """What is asked of these besides the documents."""
        standings = [move.pom_standing for move in moves]
        return sum((one.asked - one.asked_alone for one in standings), ZERO)

    def _unpaid_beside(self, choice):
        """What is still unpaid when this was paid, of all documents of a statement:
        without what the debtor contests, or told us to have paid.

        :rtype: dict[res.currency, Decimal]
        """
        on_top = self._on_top(choice.moves)
        is_whole = on_top and choice.amount == choice.bounds.asked
        rest = {choice.currency: (on_top if is_whole else ZERO) - choice.amount}
        moves = self._open_moves()
        for move in moves - (moves._pom_told_paid() - choice.moves):
            one = move.pom_standing
            unpaid = move._pom_bounds().most - one.covered - one.claimed
            # Unless it's paid all the same.
            if one.asked or move not in choice.moves:
                unpaid -= one.disputed
            rest[move.currency_id] = rest.get(move.currency_id, ZERO) + unpaid
        return {currency: amount for currency, amount in rest.items() if amount > 0}

    def _asked_by(self, code):
        """Ids of what a message asked for: what a statement shows as chosen when
        somebody comes by that message. Hook.

        :param str code: of the message, as it came
        """
        return []

    # -- being looked at ---------------------------------------------------------------

    def _note_seen(self, code):
        """A person has the page before the eyes. Hook.

        :param str code: of the message that the link came with, as it came
        """
        self._count_view()

    def _count_view(self):
        """Not by the ORM: whoever looks must not wait for who pays, nor the reverse."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE pom_paylink
                   SET views = COALESCE(views, 0) + 1, last_seen = %s
                 WHERE id IN (SELECT id FROM pom_paylink
                               WHERE id = %s FOR UPDATE SKIP LOCKED)
                """,
                fields.Datetime.now(),
                self.id,
            )
        )
