from odoo import api, models
from odoo.tools import SQL

from ..tools import cursor
from .pom_subscriber_lists import LOOKED_AT

#: Filters that no index knows.
PLAIN = {"kind": "kind", "channel": "channel", "outcome": "state"}


class PomSubscriber(models.Model):
    """What a third system reads of messages to debtors: pages of which each takes as
    long as the first.
    """

    _inherit = "pom.subscriber"

    def _page_of_messages(self, filters, after, limit, until):
        """
        :param dict filters: parameters of the address
        :param datetime until: of the first page, as :meth:`_complete_until` says it
        """
        messages = self.env["pom.delivery"]
        domain = [("company_id", "=", self.company_id.id), ("id", ">", after)]
        domain += self._about(filters)
        plain = [(PLAIN[name], "=", filters[name]) for name in PLAIN if name in filters]
        # Of what no index tells apart so many are looked at; the page may be empty.
        most = LOOKED_AT if plain else limit
        names = list(PLAIN.values())
        looked = messages.search_fetch(domain, names, order="id", limit=most + 1)
        seen, is_last = looked[:most], len(looked) <= most
        fitting = seen.filtered_domain(plain)
        # What is told is read of these alone.
        shown = fitting[:limit].with_prefetch()
        if len(fitting) > limit:
            is_last, seen = False, shown
        until = until if "changed_since" in filters else None
        return {
            "messages": [message._told() for message in shown],
            "next": None if is_last else cursor.write(seen[-1].id, until),
        }

    def _about(self, filters):
        """Whose messages, about which debts, and of when."""
        domain = []
        if "invoice" in filters:
            domain.append(("move_ids", "in", [filters["invoice"]]))
        if "number" in filters:
            moves = self._numbered(filters["number"])
            domain.append(("move_ids", "in", self._ids_of(moves)))
        if "reference" in filters:
            quoted = [("payment_reference", "=", filters["reference"])]
            moves = self.env["account.move"].search([*self._debts(), *quoted])
            domain.append(("move_ids", "in", moves.ids))
        if "customer" in filters:
            domain.append(("partner_id.ref", "=", filters["customer"]))
        if "changed_since" in filters:
            domain.append(("id", "in", self._gone_on_since(filters["changed_since"])))
        return domain

    @api.model
    def _ids_of(self, query):
        return [row[0] for row in self.env.execute_query(query)]

    def _gone_on_since(self, text):
        """
        :return: query for ids of messages; that somebody saw one writes no other date
        """
        self.env["pom.delivery"].flush_model()
        return SQL(
            "(SELECT id FROM pom_delivery WHERE company_id = %s"
            " AND GREATEST(write_date, seen_date) >= %s)",
            self.company_id.id,
            self._moment(text),
        )
