{
    "name": "POM Payment",
    "version": "19.0.1.0.0",
    "summary": "A payment link and QR code on every invoice, a page to pay on, "
    "and payments that mark the invoice paid",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "website": "https://pom-for-odoo.example",
    "license": "LGPL-3",
    "depends": ["account_payment", "account_qr_code_sepa", "mail", "portal"],
    "external_dependencies": {"python": ["qrcode", "requests", "cryptography"]},
    "data": [
        "security/ir.model.access.csv",
        "security/pom_payment_security.xml",
        "report/report_invoice_templates.xml",
        "views/pay_page_templates.xml",
        "views/payment_provider_templates.xml",
        "views/pom_paylink_views.xml",
        "views/pom_webhook_event_views.xml",
        "views/account_move_views.xml",
        "views/payment_provider_views.xml",
        "views/res_config_settings_views.xml",
        "data/payment_provider_data.xml",
        "data/ir_cron_data.xml",
        "data/mail_template_data.xml",
    ],
    "assets": {
        "web.assets_backend": ["pom_payment/static/src/backend/*"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}
