from . import pom_match
