{
    "name": "POM Overview: Dashboard",
    "version": "19.0.1.0.0",
    "summary": "How invoices are paid, among Odoo's dashboards",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_overview", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard_data.xml"],
    "pre_init_hook": "pre_init_hook",
    "installable": True,
    "auto_install": True,
}
