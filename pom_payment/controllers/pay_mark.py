"""Pages that somebody kept open: what they ask may be paid or changed by now."""

from odoo.http import request
from odoo.tools.misc import format_date

from .pay_common import is_id

#: Notices that say so.
PAID, CHANGED = "again", "changed"


def stale(link, choice):
    """Why what a form wants to pay isn't what its page showed; '' when it is. Whoever
    names neither amount nor documents pays what is asked now.

    :return: the notice for it
    """
    given = request.httprequest.values
    mark = given.get("mark", "")
    if not mark and not (given.get("amount") or given.get("item")):
        return ""
    if mark and link._is_as_seen(choice, mark):
        return ""
    return PAID if mark and link._paid_since(mark, named(given)) else CHANGED


def named(given):
    """Ids of the documents that a form or an address names."""
    return [int(item) for item in given.getlist("item") if is_id(item)]


def payment_before(link):
    """When what somebody wanted to pay once more was paid, by the creditor's clock: a
    sentence, '' when that isn't known.
    """
    paid = link._last_payment(named(request.httprequest.values))
    if not paid:
        return ""
    moment = link.company_id._pom_local(paid.last_state_change)
    if moment.date() == link._today():
        return link.env._("You paid this at %s.", moment.strftime("%H:%M"))
    day = format_date(link.env, moment.date(), date_format="medium")
    return link.env._("You paid this on %s.", day)
