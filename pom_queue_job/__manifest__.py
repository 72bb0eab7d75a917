{
    "name": "POM Queue Job",
    "version": "19.0.1.0.0",
    "summary": "OCA's job queue carries what takes long: sending, telling third "
    "systems, importing statements",
    "description": " ",  # Non-empty, so that the README is not loaded in its place.
    "category": "Accounting/Accounting",
    "author": "POM for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["pom_payment", "queue_job"],
    "data": ["data/queue_job_data.xml"],
    "pre_init_hook": "pre_init_hook",
    "auto_install": True,
    "installable": True,
}
