"""The ways in which a message reaches a debtor, and the last one: whoever collects
from here on.
"""

from odoo.addons.pom_message.tools import channels
from odoo.addons.pom_message.tools.channels import Channel
from odoo.addons.pom_payment.tools.registry import by_code

#: Somebody calls: no law takes that for a reminder.
CALL = "task"
CHANNELS = by_code(
    (
        *channels.CHANNELS.values(),
        Channel(
            "collector",
            "Hand-over for collection",
            address="_pom_address_collector",
            send="_send_collector",
            do="_do_collector",
            by_hand=True,
        ),
    )
)
