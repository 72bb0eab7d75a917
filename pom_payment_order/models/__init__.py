from . import account_move
from . import account_move_came_back
from . import account_move_line
from . import account_payment_line
from . import account_payment_mode
from . import account_payment_order
from . import account_payment
from . import pom_delivery
