{
    "name": "POM Message: Snailmail",
    "version": "19.0.1.1.0",
    "summary": "Letters to debtors that Odoo's print service puts in an envelope",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_message", "snailmail"],
    "data": ["views/res_config_settings_views.xml"],
    "pre_init_hook": "pre_init_hook",
    "auto_install": True,
    "installable": True,
}
