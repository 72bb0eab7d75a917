"""Installs and uninstalls addons one step after the other, as the buttons do, in one
process: starting Odoo anew for each would take most of the time.

``python -m tests.e2e.install_run DATABASE [--alone] STEP…`` with the steps ``+ADDON``,
``-ADDON`` and ``=`` (what there is, is updated). A step that is done already is left
out. With ``--alone`` nothing installs itself beside what it fits to. Prints a line of
JSON before them and for each: what is installed then, what of ours is left, what is
switched on, and what the log complained about.
"""

import json
import logging
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tools import config

from dev.addons import addons
from tests.e2e.install_traces import LEFT, SWITCHES


class Complaints(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said = []

    def emit(self, record):
        text = self.format(record)
        if "invalid addons" not in text:
            self.said.append(text)


def do(env, step):
    """
    :return: whether there was anything to do
    """
    modules = env["ir.module.module"]
    if step == "=":
        installed = [("name", "in", addons()), ("state", "=", "installed")]
        modules.search(installed).button_immediate_upgrade()
        return True
    module = modules.search([("name", "=", step[1:])])
    is_there = module.state == "installed"
    if step[0] == "+" and not is_there:
        module.button_immediate_install()
    elif step[0] == "-" and is_there:
        module.button_immediate_uninstall()
    return is_there == (step[0] == "-")


def installed(env):
    there = env["ir.module.module"].search([("state", "=", "installed")])
    return sorted(there.mapped("name"))


def there(env):
    """What each step is judged by."""
    found = {"installed": installed(env)}
    for name, query in (("left", LEFT), ("switches", SWITCHES)):
        env.cr.execute(query)
        found[name] = env.cr.fetchall()
    return found


def check_views(env):
    """Those of ours once more: what they stand on may have changed."""
    data = env["ir.model.data"].search_fetch(
        [("model", "=", "ir.ui.view"), ("module", "in", addons())], ["res_id"]
    )
    env["ir.ui.view"].browse(data.mapped("res_id"))._check_xml()


def main(database, *steps):
    options = ["-d", database, "--log-level=warn", "--no-http", "--max-cron-threads=0"]
    if "--alone" in steps:
        options.append("--skip-auto-install")
    config.parse_config(options, setup_logging=True)
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    # At each step Odoo reads what it knows of 660 addons anew; only ours may be newer
    # than the template.
    Manifest.all_addon_manifests = staticmethod(
        lambda: [Manifest.for_addon(name) for name in addons()]
    )
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["ir.module.module"].update_list()
        tell("", env, complaints)
    for step in steps:
        if step == "--alone":
            continue
        with Registry(database).cursor() as cr:
            done = do(api.Environment(cr, SUPERUSER_ID, {}), step)
        if not done:
            continue
        # Another registry by now.
        with Registry(database).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            check_views(env)
            tell(step, env, complaints)


def tell(step, env, complaints):
    row = {"step": step, **there(env), "complaints": complaints.said}
    print(json.dumps(row), flush=True)
    complaints.said = []


if __name__ == "__main__":
    main(*sys.argv[1:])
