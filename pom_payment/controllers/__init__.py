from . import pay_page
from . import pay_form
from . import webhook
from . import delivery
