from . import pom_delivery, res_company, res_partner
