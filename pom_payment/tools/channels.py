"""The ways in which a message reaches a debtor.

Adding one: a line here, and in the models ``_address_<code>`` (where it goes, '' when
it can't) and ``_send_<code>`` (send or queue it) on ``pom.delivery``.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """
    :param sending_method: value of core's ``invoice_sending_method``; ours unless core
        has it already.
    :param on_paper: counts as posted for legal terms.
    :param full_text: has room for all that a law wants said.
    :param by_hand: a person has to do something before it's under way.
    """

    code: str
    label: str
    sending_method: str
    on_paper: bool = False
    by_hand: bool = False
    full_text: bool = False


def by_code(channels: tuple[Channel, ...]) -> Mapping[str, Channel]:
    """
    :raises ValueError: when two channels have the same code.
    """
    found = {channel.code: channel for channel in channels}
    if len(found) != len(channels):
        raise ValueError("Two channels have the same code.")
    return found


CHANNELS = by_code(
    (
        Channel("email", "E-mail", "email", full_text=True),
        Channel("sms", "SMS", "pom_sms"),
        Channel("whatsapp", "WhatsApp", "pom_whatsapp"),
        Channel(
            "letter",
            "Letter",
            "pom_letter",
            on_paper=True,
            by_hand=True,
            full_text=True,
        ),
        Channel("portal", "Customer portal", "pom_portal", full_text=True),
        Channel("link", "Link only", "pom_link", by_hand=True),
        Channel("task", "Task for a person (call)", "", by_hand=True),
        Channel("collector", "Hand-over for collection", "", by_hand=True),
    )
)
#: Sending methods that core doesn't have.
OUR_METHODS = {
    channel.sending_method: channel
    for channel in CHANNELS.values()
    if channel.sending_method not in ("", "email")
}
