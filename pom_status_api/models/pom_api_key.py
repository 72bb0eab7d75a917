from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..tools import standard_webhooks

#: The last use is noted this exactly.
USE_STEP = timedelta(minutes=5)
#: Notes the use of a key, unless somebody else does it at this moment.
NOTE_USE = """
    UPDATE pom_api_key SET last_use = %(now)s
     WHERE id IN (SELECT id FROM pom_api_key
                   WHERE id = %(key)s
                     AND (last_use IS NULL OR last_use < %(before)s)
                     FOR NO KEY UPDATE SKIP LOCKED)"""


class Asker(NamedTuple):
    """Who asks with a key, and how often a minute it may."""

    key_id: int
    subscriber_id: int
    company_id: int
    per_minute: int


class PomApiKey(models.Model):
    """A key with which a third system asks. It may have several, so that one takes the
    other's place without a gap; only a hash is kept.
    """

    _name = "pom.api.key"
    _description = "Key of a Third System"
    _inherit = ["pom.kept"]
    _order = "id desc"

    name = fields.Char(required=True, help="Where this key is used.")
    subscriber_id = fields.Many2one(
        "pom.subscriber",
        string="External System",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="subscriber_id.company_id", store=True)
    active = fields.Boolean(default=True, readonly=True)
    begin = fields.Char(readonly=True, help="How the key begins, to tell it by.")
    key_hash = fields.Char(required=True, readonly=True, groups="base.group_system")
    last_use = fields.Datetime(readonly=True)

    _key_uniq = models.Constraint("UNIQUE(key_hash)", "Each key is another one.")

    @api.model
    def _make(self, subscriber, name):
        """
        :return: the key itself, which nobody can read later
        """
        key = standard_webhooks.new_key()
        self.sudo().create(
            {
                "name": name,
                "subscriber_id": subscriber.id,
                "begin": key[:9],
                "key_hash": standard_webhooks.fingerprint(key),
            }
        )
        return key

    @api.model
    def _find(self, key):
        """Who has this key, if it's good; None if it isn't.

        :rtype: Asker | None
        """
        try:
            return self._asker(standard_webhooks.fingerprint(key))
        except LookupError:
            return None

    @api.model
    @tools.ormcache("wanted")
    def _asker(self, wanted):
        """Asked for at each request, and seldom another.

        :raises LookupError: nobody has it, which isn't kept: anybody makes up keys
        """
        found = self.sudo().search_fetch(
            [("key_hash", "=", wanted), ("subscriber_id.active", "=", True)],
            ["subscriber_id"],
            limit=1,
        )
        if not found:
            raise LookupError
        subscriber = found.subscriber_id
        company_id, most = subscriber.company_id.id, subscriber.per_minute
        return Asker(found.id, subscriber.id, company_id, most)

    @api.model
    def _note_use(self, key_id):
        now = fields.Datetime.now()
        before = now - USE_STEP
        self.env.cr.execute(SQL(NOTE_USE, now=now, before=before, key=key_id))

    def action_revoke(self):
        """It opens nothing from now on; that it existed is kept."""
        self.check_access("write")
        self.active = False
