"""How to live with others who work on the same rows."""

import time

from odoo.exceptions import LockError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

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
    raise UserError(env._("This payment is being updated. Try again in a moment."))
