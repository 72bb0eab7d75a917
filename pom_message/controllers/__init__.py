from . import delivery
from . import short
