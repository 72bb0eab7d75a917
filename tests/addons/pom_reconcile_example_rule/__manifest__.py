{
    "name": "POM Reconcile: Example of a Rule",
    "depends": ["pom_reconcile"],
    "post_init_hook": "post_init_hook",
    "license": "AGPL-3",
}
