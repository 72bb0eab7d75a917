from odoo import http
from odoo.http import request

from odoo.addons.pom_payment.controllers.headers import protect

from ..tools import openapi
from ..tools.openapi_paths import PATHS, PREFIX

OPEN = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "save_session": False,
    "sitemap": False,
}


class ApiPages(http.Controller):
    """What developers of third systems read; nobody needs a key for it."""

    @http.route(f"{PREFIX}/openapi.json", **OPEN)
    def description(self, **params):
        found = openapi.document(self._server())
        return request.make_json_response(
            found, headers=[("Cache-Control", "no-cache")]
        )

    @http.route("/pom/api", **OPEN)
    def examples(self, **params):
        rows = [
            (method.upper(), PREFIX + path, said["summary"])
            for path, methods in PATHS.items()
            for method, said in methods.items()
        ]
        values = {"rows": rows, "server": self._server() + PREFIX, "prefix": PREFIX}
        html = request.env["ir.qweb"].sudo()._render("pom_status_api.examples", values)
        return protect(request.make_response(html))

    def _server(self):
        return request.httprequest.host_url.rstrip("/")
