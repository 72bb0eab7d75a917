import logging

from odoo import models

_logger = logging.getLogger(__name__)

#: The sheet of e-mails to debtors.
LAYOUT = "pom_payment.mail_layout"


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _pom_send(self, record, email_values=None):
        """Tell a debtor something. A company without an address writes to nobody, least
        of all in the name of whoever is logged in.

        :param record: what the template is about; of a company
        :return: whether it's on its way
        """
        company = record.sudo().company_id
        if not company.pom_sender:
            _logger.warning("No e-mail: %s", company._pom_no_sender())
            return False
        self.send_mail(record.id, email_values=email_values)
        return True
