{
    "name": "POM Third Systems",
    "version": "19.0.1.1.0",
    "summary": "Third systems are told how debts stand, whichever way they are paid, "
    "and may ask, and ask for payments",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_message"],
    "data": [
        "security/ir.model.access.csv",
        "security/pom_status_api_security.xml",
        "data/ir_cron_data.xml",
        "wizards/pom_api_key_views.xml",
        "views/pom_payment_request_views.xml",
        "views/pom_subscriber_views.xml",
        "views/pom_open_link_views.xml",
        "views/examples_templates.xml",
        "views/open_page_templates.xml",
        "views/pay_templates.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
    "installable": True,
}
