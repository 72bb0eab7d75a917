from . import pom_api_key_new
