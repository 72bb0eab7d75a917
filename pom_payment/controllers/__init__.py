from . import pay_page
from . import pay_files
from . import pay_requests
from . import pay_form
from . import pay_preview
from . import portal
from . import webhook
from . import delivery
