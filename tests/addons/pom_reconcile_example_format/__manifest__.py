{
    "name": "POM Reconcile: Example of a Format",
    "depends": ["pom_reconcile"],
    "license": "AGPL-3",
}
