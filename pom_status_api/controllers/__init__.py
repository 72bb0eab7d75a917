from . import status_api
from . import api_requests
from . import api_pages
from . import api_open_links
from . import open_page
