from . import pom_connection_test
