{
    "name": "POM Payment Plan",
    "version": "19.0.1.1.0",
    "summary": "Debts that are paid in parts on agreed days: as the debtor wishes "
    "within bounds, or as a person decides",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_message"],
    "data": [
        "security/ir.model.access.csv",
        "security/pom_payment_plan_security.xml",
        "data/ir_cron_data.xml",
        "views/pay_plan_templates.xml",
        "views/pay_ask_templates.xml",
        "views/pom_payment_plan_views.xml",
        "views/pom_payer_request_views.xml",
        "views/account_move_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
    "installable": True,
}
