"""Why nobody is reminded beside a debtor's request was kept as a sentence, in the
language of whoever answers. It's the request now, worded for whoever reads it.
"""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not version or not column_exists(cr, "pom_payer_request", "quiet_reason"):
        return
    cr.execute(
        """
        UPDATE account_move move
           SET pom_quiet_facts = jsonb_build_object('request', asked.id),
               pom_quiet_reason = NULL
          FROM (SELECT rel.move_id, max(request.id) AS id
                  FROM pom_payer_request request
                  JOIN pom_payer_request_move_rel rel ON rel.request_id = request.id
                  JOIN account_move owed ON owed.id = rel.move_id
                 WHERE owed.pom_quiet_until IS NOT NULL
                   AND owed.pom_quiet_reason = request.quiet_reason
              GROUP BY rel.move_id) asked
         WHERE asked.move_id = move.id
        """
    )
