{
    "name": "POM Payment: Stripe",
    "version": "19.0.1.0.0",
    "summary": "Stripe's own payment page instead of its script, by stored events, "
    "with refunds, disputes and payouts",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment", "payment_stripe"],
    "data": [
        "views/payment_provider_views.xml",
        "views/payment_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "pom_payment_stripe/static/src/interactions/payment_form.js",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "auto_install": True,
    "installable": True,
}
