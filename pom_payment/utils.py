"""How to live with others who work on the same rows, and who reads what is kept."""

import time
from decimal import Decimal

from odoo.exceptions import LockError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools.misc import formatLang

#: Somebody else works on the same rows: the same thing again a moment later is right.
BUSY = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, LockError)
#: How often, and after how many seconds each, somebody who pressed a button waits for
#: whoever is at the same payment.
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)


def patiently(env, work):
    """Do something for a person, who must not be bothered with locks.

    :param work: function that raises LockError before it changes anything
    :raises UserError: when somebody else is at it all the time
    """
    for pause in PAUSES:
        try:
            return work()
        except LockError:
            time.sleep(pause)
    raise UserError(being_updated(env))


def being_updated(env):
    return env._("This payment is being updated. Try again in a moment.")


def in_words_of(records, company, user=None):
    """The same records, in the language of a person of ours or else of the office: what
    a scheduler or a provider's news has said, somebody there reads later.
    """
    lang = (user and user.lang) or company.partner_id.lang
    return records.with_context(lang=lang) if lang else records


def rate_in_words(env, percent):
    """A yearly rate with the digits that it has, as the reader writes numbers.

    :param decimal.Decimal percent:
    """
    digits = -Decimal(percent).normalize().as_tuple().exponent
    return formatLang(env, float(percent), digits=max(digits, 0))
