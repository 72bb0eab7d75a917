import logging
import zlib
from datetime import timedelta

import requests

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools import outgoing

_logger = logging.getLogger(__name__)

#: Anybody can send an event with an unknown key: don't let that make us ask all day.
KEYS_INTERVAL = timedelta(seconds=30)
#: A key that was taken back there is believed here no longer than this.
KEYS_BELIEVED = timedelta(hours=12)
KEYS_SECONDS = 5
KEYS_BYTES = 256 * 1024
#: Number of the lock that whoever fetches keys holds, of any provider.
ONE_FETCH = zlib.crc32(b"pom_payment fetch keys")
NOTE_TRY = """
    UPDATE payment_provider SET pom_keys_try = %(now)s
     WHERE id = %(provider)s
       AND (pom_keys_try IS NULL OR pom_keys_try <= %(before)s)
    RETURNING id"""


class PaymentProvider(models.Model):
    """The keys that a provider signs with: fetched when an event needs them, by one
    worker at a time, whatever the host of the keys does.
    """

    _inherit = "payment.provider"

    pom_keys = fields.Json(copy=False, groups="base.group_system")
    pom_keys_date = fields.Datetime(
        copy=False, groups="base.group_system", help="When they were fetched."
    )
    pom_keys_try = fields.Datetime(
        copy=False,
        groups="base.group_system",
        help="When they were last asked for. Noted before it's done.",
    )

    def _pom_believed_keys(self):
        """The keys, if they were fetched lately; else none."""
        oldest = fields.Datetime.now() - KEYS_BELIEVED
        is_fresh = self.pom_keys_date and self.pom_keys_date > oldest
        return self.pom_keys if is_fresh else None

    def _pom_refresh_keys(self):
        """Fetch the keys that the provider signs with, but not all the time, and by
        nobody else at the same time.

        In a transaction of its own: the try counts, whatever becomes of this request.

        :return: the keys, or None when they weren't asked for now
        :raises ValidationError: when they were, and can't be had
        """
        if self._pom_asked_for_keys_lately():
            return None
        if not self._pom_adapter().keys_url(self._pom_credentials()):
            return None
        with self.env.registry.cursor() as cr:
            if not self._pom_may_fetch_keys(cr):
                return None
            keys = self._pom_fetch_keys().json()
            store = SQL(
                "UPDATE payment_provider SET pom_keys = %s, pom_keys_date = %s"
                " WHERE id = %s",
                self._fields["pom_keys"].convert_to_column(keys, self),
                fields.Datetime.now(),
                self.id,
            )
            cr.execute(store)
        self.invalidate_recordset(["pom_keys", "pom_keys_date", "pom_keys_try"])
        return keys

    def _pom_asked_for_keys_lately(self):
        """As far as this transaction sees: a flood needs no second connection."""
        last = self.pom_keys_try
        return bool(last) and last > fields.Datetime.now() - KEYS_INTERVAL

    def _pom_may_fetch_keys(self, cr):
        """Note that it's tried; whether it's our turn."""
        now = fields.Datetime.now()
        before = now - KEYS_INTERVAL
        cr.execute(SQL(NOTE_TRY, now=now, before=before, provider=self.id))
        if not cr.fetchone():
            return False
        cr.commit()  # pylint: disable=invalid-commit
        cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", ONE_FETCH))
        return cr.fetchone()[0]

    def _pom_fetch_keys(self):
        """
        :rtype: requests.Response
        :return: None when this provider publishes no keys
        :raises ValidationError: when they can't be had
        """
        url = self._pom_adapter().keys_url(self._pom_credentials())
        if not url:
            return None
        try:
            response = outgoing.send(
                "GET", url, seconds=KEYS_SECONDS, max_bytes=KEYS_BYTES
            )
            response.raise_for_status()
            response.json()
        except (requests.RequestException, ValueError) as error:
            raise ValidationError(
                self.env._("The provider's keys could not be fetched.")
            ) from error
        return response
