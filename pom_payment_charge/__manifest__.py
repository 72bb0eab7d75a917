{
    "name": "POM Payment Charge",
    "version": "19.0.1.1.0",
    "summary": "Debtors agree that invoices are charged automatically: on the due day, "
    "or every time; announced before, stopped at any time",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_message"],
    "data": [
        "security/ir.model.access.csv",
        "security/pom_payment_charge_security.xml",
        "data/ir_cron_data.xml",
        "report/report_consent_templates.xml",
        "views/message_templates.xml",
        "views/pay_later_templates.xml",
        "views/pom_charge_consent_views.xml",
        "views/pom_charge_views.xml",
        "views/account_move_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
    "installable": True,
}
