"""A question that was answered was kept as accepted."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE pom_payer_request
           SET state = 'answered'
         WHERE kind = 'question'
           AND state = 'accepted'
        """
    )
