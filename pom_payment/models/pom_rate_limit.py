import time
from hashlib import sha256

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

TRIES = 5


class PomRateLimit(models.Model):
    """How often something was done lately. Kept in the database, so that it counts
    over all workers and hosts, and a restart doesn't forgive.
    """

    _name = "pom.rate.limit"
    _description = "Rate Limit"

    key = fields.Char(required=True, help="Hash of who and what.")
    bucket = fields.Integer(required=True, help="Which stretch of time.")
    hits = fields.Integer(required=True)

    _key_uniq = models.Constraint("UNIQUE(key, bucket)", "Counted once.")

    @api.model
    def _hit(self, what, who, limit, seconds):
        """Count one more.

        In a transaction of its own: what was tried counts, however the request ends.

        :param str what: name of the limit
        :param str who: address or token; only a hash is kept
        :return: whether it's still within the limit
        """
        key = sha256(f"{what}:{who}".encode()).hexdigest()[:32]
        bucket = int(time.time() // seconds)
        for _try in range(TRIES):
            try:
                with self.env.registry.cursor() as cr:
                    return self._count(cr, key, bucket) <= limit
            except SerializationFailure:
                # Somebody counted at the same moment.
                continue
        return True

    @api.model
    def _count(self, cr, key, bucket):
        cr.execute(
            SQL(
                """
                INSERT INTO pom_rate_limit (key, bucket, hits, create_date)
                VALUES (%s, %s, 1, now() AT TIME ZONE 'UTC')
                ON CONFLICT (key, bucket)
                DO UPDATE SET hits = pom_rate_limit.hits + 1
                RETURNING hits
                """,
                key,
                bucket,
            )
        )
        return cr.fetchone()[0]

    @api.autovacuum
    def _gc(self):
        """No trace of who came by stays longer than a day."""
        self.search([("create_date", "<", "today -1d")]).unlink()
