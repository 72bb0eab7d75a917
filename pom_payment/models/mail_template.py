from odoo import models

#: The sheet of e-mails to debtors.
LAYOUT = "pom_payment.mail_layout"


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, **kwargs):
        # EXTENDS 'mail': a company without an address writes to nobody, least of all
        # in the name of whoever is logged in.
        mails = super().send_mail_batch(res_ids, *args, **kwargs)
        if self.email_layout_xmlid != LAYOUT:
            return mails
        records = {record.id: record for record in self.env[self.model].browse(res_ids)}
        for mail in mails:
            company = records[mail.res_id].sudo().company_id
            if not company.pom_sender:
                reason = company._pom_no_sender()
                mail.write({"state": "exception", "failure_reason": reason})
        return mails
