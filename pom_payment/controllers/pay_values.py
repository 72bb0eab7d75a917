"""What the page of a link shows, as values for its templates."""

from odoo.http import request
from odoo.tools.misc import format_amount

from ..debt.facts import COLLECTED, ZERO
from ..models.pom_payer_request import UNANSWERED
from ..models.pom_paylink import PAYING
from ..tools import qr
from ..tools.request_form import TOLD_PAID
from ..tools.wallets import on_this_device
from .pay_common import page_values

#: Cookie of a browser whose owner had a way to pay remembered.
SAVED = "pom_saved"
#: In these the page looks by itself whether that is over.
FOLLOWED = ("in_progress", "received")
#: In these something is to be paid, unless the screen says why it isn't asked.
ASKED = ("open", "expired")
UNASKED = (TOLD_PAID, "disputed", "covered")
#: Where nothing is to be paid, some of what debtors ask still waits for an answer.
SETTLED, STILL_ASKED = ("paid", "withdrawn"), ("question", "contact", "money_back")
#: Nothing was chosen that can be paid.
NOTHING = ("gone", "unticked")
#: In these the first screen says what the invoice is for.
SUBJECT = ("open", "in_progress", "expired")


def pay_values(link, choice):
    """All that the templates of a link's page ask for."""
    state = link.state
    shown = screen(link, choice, state)
    asks = state in ASKED and shown not in UNASKED
    return {
        **page_values(link),
        **debt_values(link, shown),
        "screen": shown,
        "asks": asks,
        **request_values(link, choice, state),
        **ways_values(link, choice, state, asks and state == "open"),
        **attempt_values(link, state),
        **help_values(link, state, shown),
    }


def request_values(link, choice, state):
    """What is asked, and what may be chosen."""
    lines = link._lines() if link.move_id and state != "withdrawn" else ()
    return {
        "state": state,
        "choice": choice,
        "nothing_chosen": choice.problem in NOTHING,
        "alone": alone(link, choice),
        "alone_words": alone_words(link, choice),
        "surplus": link._words_of_surplus(),
        "mark": link._mark(choice) if state in PAYING else "",
        "lines": lines,
        "subject": subject(lines) if state in SUBJECT else "",
        "documents": documents(link, choice) if link.debtor_id else (),
        "window": window(link) if link.debtor_id else None,
        "beside": beside(link, choice) if state == "open" else "",
    }


def beside(link, choice):
    """What is unpaid and not in what was chosen from a statement, in words."""
    if not link.debtor_id or not choice.moves:
        return ""
    rest = link._unpaid_beside(choice).items()
    return ", ".join(currency.format(float(amount)) for currency, amount in rest)


def alone(link, choice):
    """What the documents come to without what is asked on top of them; None where
    nothing is.
    """
    on_top = link._on_top(choice.moves)
    return choice.bounds.asked - on_top if on_top else None


def alone_words(link, choice):
    """On the way to paying that, and back; None where there is no choice."""
    only, env = alone(link, choice), link.env
    if only is None:
        return None
    if choice.amount == only:
        asked = format_amount(env, float(choice.bounds.asked), choice.currency)
        return env._("Pay %s, with what was asked on top", asked)
    shown = format_amount(env, float(only), choice.currency)
    if link.move_id:
        return env._("Pay the invoice only: %s", shown)
    return env._("Pay the invoices only: %s", shown)


def ways_values(link, choice, state, is_asked):
    """How it can be paid now, on this device."""
    offered = link._ways_offered(choice) if state in PAYING else ()
    agent = request.httprequest.headers.get("User-Agent", "")
    ways = on_this_device(offered, agent)
    saved = saved_token(link) if ways else None
    phone = on_phone()
    return {
        "ways": link._page_style().ordered(ways),
        "saved": saved,
        "remember": [way.label for way in ways if way.saves and not saved],
        "transfer": transfer(link, choice) if is_asked else None,
        "awaited": awaited(link) if state in PAYING else None,
        "phone": phone,
        "link_qr": is_asked and not phone and qr.data_uri(qr.svg(link.url)),
    }


def attempt_values(link, state):
    """The payment that is under way."""
    attempt = link._attempts_under_way()[:1] if state == "in_progress" else None
    busy = under_way(link)
    payments = link._payments() if state == "paid" else ()
    return {
        "ended": link._ended_attempt() if state in PAYING else None,
        "payments": payments,
        "besides": link._paid_besides() if payments else (),
        "receipt_mail": payments and link._can_mail_receipt(),
        "attempt": attempt,
        "ours": attempt and is_ours(link, attempt),
        "follow": (busy or state in FOLLOWED) and link.token,
        "busy": str(busy),
    }


def under_way(link):
    """How many documents are being paid or booked at this moment."""
    words = [move.pom_standing.word for move in link._documents()]
    return sum(word in FOLLOWED for word in words)


def help_values(link, state, shown):
    """What the debtor asked, and may ask."""
    requests, kinds = open_requests(link), link._request_kinds()
    if state in SETTLED:
        requests = requests.filtered(lambda one: one.kind in STILL_ASKED)
    if shown == TOLD_PAID:
        kinds = {code: one for code, one in kinds.items() if TOLD_PAID in one.states}
    return {"requests": requests, "request_kinds": kinds}


def debt_values(link, shown):
    """How the invoice stands, for an invoice's page."""
    move = link.move_id
    standing = move.pom_standing
    paid_part = move._pom_paid_part()
    return {
        "move": move,
        "standing": standing,
        "paid_part": paid_part,
        "may_be_paid": standing.can_be_paid and link._may_be_paid(),
        "noted": move._pom_noted_amount() if paid_part > 0 else 0,
        "parts": parts(standing) if shown != TOLD_PAID else (),
        "collected_on": next(
            (money.day for money in standing.coming if money.kind in COLLECTED), None
        ),
    }


def parts(standing):
    """All that is to come, without what is contested."""
    if not standing.can_be_paid:
        return ()
    return standing.to_ask if standing.disputed else standing.parts


def screen(link, choice, state):
    """Which screen shows this state; three more than there are states."""
    move = link.move_id
    if state in ASKED and is_told_paid(link, choice):
        return TOLD_PAID
    if state == "expired":
        word = link._debt_word()
        return word if word in UNASKED else state
    if state != "open" or not move:
        return state
    standing = move.pom_standing
    if standing.spread and standing.next_day and standing.asked:
        return "instalment"
    return "partial" if move._pom_paid_part() > 0 else "open"


def is_told_paid(link, choice):
    """Whether the debtor told us to have paid what is asked here, and wants to pay none
    of it all the same.
    """
    ticked = link.debtor_id and request.httprequest.values.getlist("item")
    return not ticked and choice.moves._pom_is_told_paid()


def subject(lines):
    """What the invoice is for, in a few words: the debtor's first question."""
    first = (lines[0].name if lines else "").strip().partition("\n")[0]
    short = first if len(first) <= 60 else f"{first[:59].rstrip()}…"
    return f"{short}\u00a0…" if len(lines) > 1 and short[-1:] != "…" else short


def documents(link, choice):
    """What a statement lists, one group a currency."""
    return [
        {
            "currency": currency,
            "chosen": currency == choice.currency,
            "rows": rows(group, choice),
        }
        for currency, group in link._documents().grouped("currency_id").items()
    ]


def window(link):
    """Where in a long statement one is, and what all of it comes to; None where it's
    shown whole.
    """
    shown = link._window()
    if shown.pages == 1:
        return None
    totals = link._books_say().items()
    return {
        "number": shown.number,
        "pages": shown.pages,
        "words": link.env._(
            "Documents %(first)s to %(last)s of %(all)s, the oldest first. "
            "All together come to %(amounts)s.",
            first=shown.before + 1,
            last=shown.before + len(shown.moves),
            all=len(shown.every),
            amounts=", ".join(currency.format(open_) for currency, open_ in totals),
        ),
    }


def rows(moves, choice):
    """One a document: what is asked of it, else what is left. Credit notes are set off
    in what is asked; what they have beyond that, the creditor owes.
    """
    found = []
    today = moves.company_id[:1]._pom_today()
    told = moves._pom_told_paid()
    covered = sum((move.pom_standing.covered for move in moves), ZERO)
    for move in moves:
        one, shown = move.pom_standing, move._pom_shown()
        set_off = min(covered, -one.left) if one.word == "credit" else ZERO
        covered -= set_off
        found.append(
            {
                "move": move,
                "standing": one,
                "is_open": one.can_be_paid,
                "is_told_paid": move in told,
                "checked": one.can_be_paid and move in choice.moves,
                "set_off": set_off,
                "day": shown.day,
                "follows": one.following(today) if one.asked else None,
                "amount": ZERO if one.word == "covered" else shown.amount + set_off,
            }
        )
    return found


def transfer(link, choice):
    if not link.company_id.pom_page_transfer:
        return None
    found = link._bank_transfer(choice)
    if not found:
        return None
    account = found.pop("account")
    code = account._pom_qr_uri(
        float(choice.amount), choice.currency, found["reference"]
    )
    return {**found, "qr": code}


def awaited(link):
    """The transfer that the debtor promised on core's form, in words."""
    if not link.last_attempt:
        return None
    promised = link.env["payment.transaction"]._pom_awaited_for(link._documents())
    account = promised and link._account(promised.invoice_ids[:1])
    if not account:
        return None
    return link.env._(
        "We are waiting for your transfer of %(amount)s to account %(iban)s with the "
        "reference %(reference)s. Once it is made, you don't have to do anything else.",
        amount=promised.currency_id.format(promised.amount),
        iban=account.acc_number,
        reference=link._transfer_reference(promised.invoice_ids),
    )


def open_requests(link):
    requests = link.env["pom.payer.request"]
    if not link._may_have("requests"):
        return requests
    if link.move_id and not link.move_id.pom_standing.unanswered:
        return requests
    return requests.search(
        [("paylink_id", "=", link.id), ("state", "in", UNANSWERED)], limit=5
    )


# -- the browser that asks ------------------------------------------------------------


def saved_token(link):
    return link._saved_token(request.cookies.get(SAVED, ""))


def is_ours(link, attempt):
    """Whether this browser may go on with the attempt: who agrees to be charged later
    on does that in one browser.
    """
    key = request.cookies.get(SAVED, "")
    return not attempt.tokenize or link._is_keeper(attempt, key)


def on_phone():
    """Only to put first what fits: everything is on the page either way."""
    headers = request.httprequest.headers
    hint = headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in headers.get("User-Agent", "")
