{
    "name": "POM Payment: Mollie",
    "version": "19.0.1.0.0",
    "summary": "Mollie's payments by stored events, with all attempts, refunds and "
    "chargebacks",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment", "payment_mollie"],
    "data": [
        "views/payment_provider_views.xml",
        "data/payment_method_data.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "auto_install": True,
    "installable": True,
}
