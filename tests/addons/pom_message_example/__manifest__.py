{
    "name": "POM Message: Example of a Channel",
    "depends": ["pom_message"],
    "license": "LGPL-3",
}
