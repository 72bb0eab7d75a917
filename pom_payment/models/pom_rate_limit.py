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
        return self._hit_each((what, who, limit, seconds))

    @api.model
    def _hit_each(self, *places):
        """Count one more in each place, up to the first whose limit was reached: who is
        refused there takes nothing away from others.

        :param places: (what, who, limit, seconds) of each
        """
        for _try in range(TRIES):
            try:
                with self.env.registry.cursor() as cr:
                    return all(
                        self._count(cr, *_place(what, who, seconds)) <= limit
                        for what, who, limit, seconds in places
                    )
            except SerializationFailure:
                # Somebody counted at the same moment.
                continue
        return True

    @api.model
    def _is_over(self, what, who, limit, seconds):
        """Whether the limit was reached: a look that counts nothing, and so is cheap
        for whoever is flooded.
        """
        key, bucket = _place(what, who, seconds)
        over = SQL(
            "SELECT 1 FROM pom_rate_limit WHERE key = %s AND bucket = %s AND hits > %s",
            key,
            bucket,
            limit,
        )
        return bool(self.env.execute_query(over))

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


def _place(what, who, seconds):
    """Where it's counted: (key, bucket)."""
    key = sha256(f"{what}:{who}".encode()).hexdigest()[:32]
    return key, int(time.time() // seconds)
