from . import pay_plan
