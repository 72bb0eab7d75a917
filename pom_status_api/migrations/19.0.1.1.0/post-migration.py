"""Messages know whether they told of money that covers a debt."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE pom_outbound_event SET is_covered = TRUE
         WHERE move_id IS NOT NULL
           AND (body::json #>> '{data,amount_covered}')::numeric > 0
        """
    )
