from . import pay_later
