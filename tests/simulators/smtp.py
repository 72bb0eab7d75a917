"""Catches e-mail on loopback, instead of a mail server that would deliver it.

``python -m tests.simulators.smtp --port 8902`` prints one JSON line per message, and in
a test ``with MailCatcher() as smtp:`` gives ``smtp.port`` and ``smtp.wait_for(…)``.
"""

import argparse
import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from .server import HOST


@dataclass(frozen=True)
class Mail:
    """
    :param sender: of the envelope, which bounces go to.
    :param recipients: of the envelope, the blind copies too.
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    message: EmailMessage

    @property
    def subject(self) -> str:
        return self.message["subject"] or ""

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def attachments(self) -> dict[str, bytes]:
        """Contents by file name."""
        return {
            part.get_filename() or "": part.get_payload(decode=True)
            for part in self.message.iter_attachments()
        }

    def is_to(self, address: str) -> bool:
        return address.lower() in (recipient.lower() for recipient in self.recipients)

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


class MailCatcher:
    """
    :param port: 0 takes any free one.
    :param on_mail: called with each message, from another thread.
    """

    def __init__(self, port: int = 0, on_mail: Callable[[Mail], None] | None = None):
        self.mails: list[Mail] = []
        #: Answers to recipients that are refused: ``{"gone@x.be": "550 5.1.1 …"}``.
        self.refused: dict[str, str] = {}
        self._on_mail = on_mail
        self._arrived = threading.Condition()
        self._controller = ListeningController(self, port)
        self.host, self.port = HOST, self._controller.port

    def start(self) -> "MailCatcher":
        self._controller.start()
        return self

    def stop(self):
        self._controller.stop()

    def __enter__(self) -> "MailCatcher":
        return self.start()

    def __exit__(self, *error):
        self.stop()

    def clear(self):
        with self._arrived:
            self.mails.clear()

    def sent_to(self, to: str = "") -> list[Mail]:
        """Messages to an address, or all."""
        with self._arrived:
            return [mail for mail in self.mails if not to or mail.is_to(to)]

    def wait_for(self, to: str = "", count: int = 1, timeout: float = 60) -> list[Mail]:
        """At least ``count`` messages to an address (or in all).

        :raises TimeoutError: with what did arrive.
        """
        with self._arrived:
            if self._arrived.wait_for(lambda: len(self.sent_to(to)) >= count, timeout):
                return self.sent_to(to)
            others = [(mail.recipients, mail.subject) for mail in self.mails]
        raise TimeoutError(f"{count} messages to {to or 'anyone'} expected: {others}")

    # The names of the two methods below are those of aiosmtpd.

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = Mail(
            envelope.mail_from,
            tuple(envelope.rcpt_tos),
            envelope.content,
            message_from_bytes(envelope.content, policy=policy.default),
        )
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()
        if self._on_mail:
            self._on_mail(mail)
        return "250 OK"


class ListeningController(Controller):
    """Listens before it starts, so that any free port can be taken."""

    def __init__(self, handler, port: int):
        self._socket = socket.create_server((HOST, port))
        port = self._socket.getsockname()[1]
        super().__init__(handler, hostname=HOST, port=port, data_size_limit=2**26)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


def as_json(mail: Mail) -> str:
    shown = {
        "from": mail.sender,
        "to": mail.recipients,
        "subject": mail.subject,
        "attachments": list(mail.attachments),
    }
    return json.dumps(shown, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with MailCatcher(
        options.port, on_mail=lambda mail: print(as_json(mail), flush=True)
    ) as smtp:
        print(json.dumps({"host": smtp.host, "port": smtp.port}), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
