from . import ir_cron
from . import pom_trouble
