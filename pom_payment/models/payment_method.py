from odoo import api, models
from odoo.tools.mimetypes import guess_mimetype

#: A method that works in so few countries is what people there know.
LOCAL_COUNTRIES = 3
#: Buttons of a single bank.
OF_ONE_BANK = {"belfius", "kbc_cbc"}


class PaymentMethod(models.Model):
    _inherit = "payment.method"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'payment'
        methods = super().create(vals_list)
        self.env["payment.provider"]._pom_forget_ways()
        return methods

    def write(self, vals):
        # EXTENDS 'payment'
        result = super().write(vals)
        self.env["payment.provider"]._pom_forget_ways()
        return result

    def unlink(self):
        # EXTENDS 'payment'
        result = super().unlink()
        self.env["payment.provider"]._pom_forget_ways()
        return result

    def _pom_rank(self, country):
        """Where it's offered in this country: what is made for it first, and before
        what only one bank's customers can use.
        """
        countries = self.sudo().supported_country_ids
        if country not in countries or len(countries) > LOCAL_COUNTRIES:
            return 2
        return 1 if self.code in OF_ONE_BANK else 0

    def _pom_picture(self):
        """
        :return: the picture as an address that holds it itself; '' for none
        """
        image = self.sudo().with_context(bin_size=False).image_payment_form
        if not image:
            return ""
        mimetype = guess_mimetype(self.env["res.company"]._pom_decode(image))
        return f"data:{mimetype};base64,{image.decode()}"
