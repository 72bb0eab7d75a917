{
    "name": "POM Claims",
    "version": "19.0.1.0.0",
    "summary": "Costs, interest and compensation that a reminder asked: owed, shown, "
    "paid with the invoice, and booked as income",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_reminder"],
    "data": [
        "security/ir.model.access.csv",
        "security/pom_claim_security.xml",
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        "data/pom_interest_rate_data.xml",
        "views/pom_claim_views.xml",
        "views/pom_interest_rate_views.xml",
        "views/pom_reminder_setup_views.xml",
        "views/account_move_views.xml",
        "views/message_templates.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
    "installable": True,
}
