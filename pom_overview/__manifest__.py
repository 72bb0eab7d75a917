{
    "name": "POM Overview",
    "version": "19.0.1.0.0",
    "summary": "What there is to do, how much is open, how fast debts are paid, and "
    "by what: one page, and figures to analyse",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_reminder", "digest"],
    "data": [
        "security/ir.model.access.csv",
        "security/pom_overview_security.xml",
        "data/ir_cron_data.xml",
        "data/digest_data.xml",
        "views/pom_debt_figure_views.xml",
        "views/pom_overview_views.xml",
        "views/account_journal_views.xml",
        "views/account_move_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["pom_overview/static/src/overview/**/*"],
    },
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
    "installable": True,
}
