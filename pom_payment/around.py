"""What a page found that only looks."""

from typing import NamedTuple

#: In the context of such a page.
AROUND = "pom_around"


class Around(NamedTuple):
    """What it found in its one transaction.

    :param there: names of what there may be
    :param lines: what the invoice is for: rows of name, id of the product,
        quantity and total
    :param terms: of the invoice, as ``_pom_query_terms`` gives them
    :param known: what was looked for, by name
    """

    link_id: int
    move_id: int | None
    there: frozenset
    lines: list
    terms: list
    known: dict


#: Where nobody looked around.
UNKNOWN = Around(0, None, frozenset(), [], [], {})


def around(env):
    """
    :rtype: Around
    """
    return env.context.get(AROUND, UNKNOWN)


def is_looked_at(moves):
    """Whether this is the one invoice of such a page: it was read with its link."""
    return moves.ids == [around(moves.env).move_id]
