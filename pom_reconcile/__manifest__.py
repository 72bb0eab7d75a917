{
    "name": "POM Reconcile",
    "version": "19.0.1.0.0",
    "summary": "Bank statements (CODA and others) imported and matched: "
    "invoices marked paid by themselves",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "AGPL-3",
    "depends": [
        "pom_payment",
        "account_statement_import_file",
        "account_reconcile_oca",
    ],
    "data": [
        "security/pom_reconcile_groups.xml",
        "security/ir.model.access.csv",
        "security/pom_reconcile_security.xml",
        "data/ir_cron.xml",
        "wizards/pom_match_past_views.xml",
        "views/account_bank_statement_line_views.xml",
        "views/account_bank_statement_views.xml",
        "views/account_journal_views.xml",
        "views/account_statement_import_views.xml",
        "views/payment_provider_views.xml",
        "views/pom_match_views.xml",
        "views/pom_match_queue_views.xml",
        "views/pom_payout_views.xml",
        "views/pom_statement_import_views.xml",
        "views/pom_statement_received_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "pom_reconcile/static/src/live_form.js",
            "pom_reconcile/static/src/queue/*.js",
            "pom_reconcile/static/src/queue/*.xml",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "application": True,
    "installable": True,
}
