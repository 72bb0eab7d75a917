{
    "name": "POM Message: Peppol",
    "version": "19.0.1.1.0",
    "summary": "Invoices that went by Peppol are messages as others: seen, paid, and "
    "how soon",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_message", "pom_payment_ubl", "account_peppol"],
    "data": [],
    "pre_init_hook": "pre_init_hook",
    "auto_install": True,
    "installable": True,
}
