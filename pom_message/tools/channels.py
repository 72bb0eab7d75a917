"""The ways in which a message reaches a debtor.

Adding one: a line here, and the three methods that it names. An addon adds its own by
extending ``pom.delivery._channels``, its ``channel`` and, if it has a sending method,
``res.partner.invoice_sending_method``.
"""

from dataclasses import dataclass
from datetime import timedelta

from odoo.addons.pom_payment.tools.registry import by_code

#: For so long a carrier may be away, and it is tried again, before another channel is.
AWAY = timedelta(days=1)


@dataclass(frozen=True)
class Channel:
    """
    :param address: method of ``res.partner``: where it reaches somebody, '' when it
        can't.
    :param send: method of ``pom.delivery``: sends or queues.
    :param do: method of ``pom.delivery``: what a person does to send it by hand.
    :param sending_method: value of core's ``invoice_sending_method``; ours unless core
        has it already.
    :param on_paper: counts as posted for legal terms.
    :param full_text: has room for all that a law wants said.
    :param by_hand: a person has to do something before it's under way.
    """

    code: str
    label: str
    address: str
    send: str
    do: str
    sending_method: str = ""
    on_paper: bool = False
    by_hand: bool = False
    full_text: bool = False


CHANNELS = by_code(
    (
        Channel(
            "email",
            "E-mail",
            address="_pom_address_email",
            send="_send_email",
            do="_do_email",
            sending_method="email",
            full_text=True,
        ),
        Channel(
            "sms",
            "SMS",
            address="_pom_address_sms",
            send="_send_sms",
            do="_do_sms",
            sending_method="pom_sms",
        ),
        Channel(
            "whatsapp",
            "WhatsApp",
            address="_pom_address_whatsapp",
            send="_send_whatsapp",
            do="_do_whatsapp",
            sending_method="pom_whatsapp",
        ),
        Channel(
            "letter",
            "Letter",
            address="_pom_address_letter",
            send="_send_letter",
            do="_do_letter",
            sending_method="pom_letter",
            on_paper=True,
            by_hand=True,
            full_text=True,
        ),
        Channel(
            "portal",
            "Customer portal",
            address="_pom_address_portal",
            send="_send_portal",
            do="_do_portal",
            sending_method="pom_portal",
            full_text=True,
        ),
        Channel(
            "link",
            "Link only",
            address="_pom_address_link",
            send="_send_link",
            do="_do_link",
            sending_method="pom_link",
            by_hand=True,
        ),
        Channel(
            "task",
            "Task for a colleague (call)",
            address="_pom_address_task",
            send="_send_task",
            do="_do_task",
            by_hand=True,
        ),
    )
)


def our_methods(channels: dict[str, Channel]) -> dict[str, Channel]:
    """Sending methods that core doesn't have."""
    return {
        channel.sending_method: channel
        for channel in channels.values()
        if channel.sending_method not in ("", "email")
    }


#: Ways to choose from.
CHANNEL_SELECTION = [(channel.code, channel.label) for channel in CHANNELS.values()]
