{
    "name": "POM Payment: Example",
    "depends": ["pom_payment"],
    "data": ["data/payment_provider_data.xml"],
    "post_init_hook": "post_init_hook",
    "license": "LGPL-3",
}
