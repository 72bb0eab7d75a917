{
    "name": "POM Payment Order",
    "version": "19.0.1.0.0",
    "summary": "Mandates and payment orders of OCA: due parts are put into an order, "
    "nobody is collected from twice, and what comes back is asked again",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "AGPL-3",
    "depends": ["pom_message", "account_banking_mandate"],
    "data": [
        "data/ir_cron_data.xml",
        "views/account_payment_mode_views.xml",
        "views/account_payment_order_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "auto_install": True,
    "installable": True,
}
