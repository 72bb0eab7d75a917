import time
from hashlib import sha256

from psycopg2.errors import SerializationFailure

from odoo import api, models


class PomRateLimit(models.Model):
    _inherit = "pom.rate.limit"

    @api.model
    def _used(self, what, who, seconds):
        """Count one more, in a transaction of its own.

        :return: how many it were in this stretch of time; 1 where others counted at
            the same moment
        """
        key = sha256(f"{what}:{who}".encode()).hexdigest()[:32]
        try:
            with self.env.registry.cursor() as cr:
                return self._count(cr, key, int(time.time() // seconds))
        except SerializationFailure:
            return 1
