"""Pages that somebody kept open: what they ask may be paid or changed by now."""

from odoo.http import request

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
    """When what somebody wanted to pay once more was paid.

    :return: (date, time) as the creditor's clock shows it, or None
    """
    paid = link._last_payment(named(request.httprequest.values))
    if not paid:
        return None
    moment = link.company_id._pom_local(paid.last_state_change)
    return moment.date(), moment.strftime("%H:%M")
