from odoo import api, models
from odoo.tools.mimetypes import guess_mimetype

#: A method that works in so few countries is what people there know.
LOCAL_COUNTRIES = 3


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

    def _pom_is_of(self, country):
        """Whether it's made for this country."""
        countries = self.sudo().supported_country_ids
        return country in countries and len(countries) <= LOCAL_COUNTRIES

    def _pom_picture(self):
        """
        :return: the picture as an address that holds it itself; '' for none
        """
        image = self.sudo().with_context(bin_size=False).image_payment_form
        if not image:
            return ""
        mimetype = guess_mimetype(self.env["res.company"]._pom_decode(image))
        return f"data:{mimetype};base64,{image.decode()}"
