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
    "data": [],
    "installable": True,
}
