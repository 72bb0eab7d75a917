{
    "name": "POM Payment: E-invoices",
    "version": "19.0.1.0.0",
    "summary": "The payment page in UBL, XRechnung and Factur-X, and a button on bills "
    "whose supplier has one",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment", "account_edi_ubl_cii"],
    "data": [
        "data/cii_22_templates.xml",
        "views/account_move_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "auto_install": True,
    "installable": True,
}
