{
    "name": "POM Message",
    "version": "19.0.1.1.0",
    "summary": "Payment requests by e-mail, SMS, WhatsApp, letter or a person, and "
    "what became of each",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment", "sms"],
    "external_dependencies": {"python": ["holidays", "phonenumbers", "requests"]},
    "data": [
        "security/ir.model.access.csv",
        "security/pom_message_security.xml",
        "data/ir_cron_data.xml",
        "report/report_letter_templates.xml",
        "views/message_templates.xml",
        "views/pom_delivery_views.xml",
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "application": True,
    "installable": True,
}
