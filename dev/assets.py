"""Builds the scripts and style sheets that browsers and printed documents load, so
that each copy of a template has them: the first to ask waits for half a minute
otherwise, and in a test that is rolled back each one is the first.

Run by ``dev/database`` when a template is filled. What changes afterwards, Odoo builds
again, since their addresses tell of what they were made.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e.harness import environment  # noqa: E402

#: Bundle, kind, and how it is asked for.
BUNDLES = (
    ("web.assets_web", "js", {}),
    ("web.assets_web", "css", {}),
    ("web.assets_web_print", "css", {}),
    ("web.assets_backend_lazy", "js", {}),
    ("web.assets_backend_lazy", "css", {}),
    ("web.chartjs_lib", "js", {}),
    ("web.assets_frontend_minimal", "js", {}),
    ("web.assets_frontend_lazy", "js", {}),
    ("web.assets_frontend", "css", {}),
    ("web.report_assets_common", "js", {}),
    ("web.report_assets_common", "css", {"autoprefix": True}),
    ("web.report_assets_common", "css", {}),
    ("web.report_assets_pdf", "css", {"autoprefix": True}),
    ("web.report_assets_pdf", "js", {}),
)


def build(env):
    for name, kind, how in BUNDLES:
        only = {"css": kind == "css", "js": kind == "js"}
        bundle = env["ir.qweb"]._get_asset_bundle(name, **only, **how)
        if bundle.stylesheets if kind == "css" else bundle.javascripts:
            getattr(bundle, kind)()


if __name__ == "__main__":
    with environment(sys.argv[1]) as environment_:
        build(environment_)
