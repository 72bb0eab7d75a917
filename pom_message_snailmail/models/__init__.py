from . import res_company
from . import res_config_settings
from . import pom_delivery
from . import snailmail_letter
