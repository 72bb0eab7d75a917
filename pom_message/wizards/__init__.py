from . import pom_download
