{
    "name": "POM Payment: Example of a Request",
    "depends": ["pom_payment"],
    "data": ["views/pay_templates.xml"],
    "license": "LGPL-3",
}
