from werkzeug.exceptions import MethodNotAllowed

from odoo import models
from odoo.http import request

from ..controllers.api_errors import refused

#: What programs talk to: errors are for them, too, whatever happens.
API = "/pom/api/"


def _is_api(path):
    return f"{path}/".startswith(API)


class IrHttp(models.AbstractModel):
    """Errors of the API are JSON (RFC 9457), on every path and verb below it."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        # EXTENDS 'pom_payment': core answers a wrong verb before anybody is asked.
        try:
            return super()._match(path_info)
        except MethodNotAllowed as error:
            if _is_api(path_info):
                error.error_response = refused(error)
            raise

    @classmethod
    def _handle_error(cls, exception):
        # EXTENDS 'pom_payment'
        if _is_api(request.httprequest.path):
            return refused(exception)
        return super()._handle_error(exception)
