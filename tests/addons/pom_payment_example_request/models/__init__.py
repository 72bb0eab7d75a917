from . import pom_payer_request, pom_paylink
