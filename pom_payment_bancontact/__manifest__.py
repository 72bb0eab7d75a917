{
    "name": "POM Payment: Bancontact Pro",
    "version": "19.0.1.0.0",
    "summary": "Bancontact Pro (formerly Payconiq): payments with the app, refunds "
    "and payouts",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment"],
    "external_dependencies": {"python": ["cryptography"]},
    "data": [
        "views/payment_provider_views.xml",
        "data/payment_provider_data.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
    "installable": True,
}
