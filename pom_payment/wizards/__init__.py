from . import base_partner_merge
from . import payment_link_wizard
from . import pom_payer_request_decision
from . import pom_connection_test
from . import pom_connection_test_line
from . import pom_privacy
