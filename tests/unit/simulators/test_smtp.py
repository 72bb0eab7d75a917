import json
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.simulators.smtp import MailCatcher

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def smtp():
    with MailCatcher() as smtp:
        yield smtp


def send(smtp, to="debtor@example.com", subject="Factuur 42 – ündert", **extra):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.com", to, subject
    mail.set_content("Betaal hier: https://shop.example/p/abc")
    mail.add_alternative("<a href='https://shop.example/p/abc'>Betaal</a>", "html")
    mail.add_attachment(b"%PDF", "application", "pdf", filename="INV 42.pdf")
    with smtplib.SMTP(smtp.host, smtp.port, timeout=10) as client:
        client.send_message(mail, **extra)


def test_what_arrives(smtp):
    send(smtp, to_addrs=["debtor@example.com", "blind@example.com"])
    [mail] = smtp.wait_for("Debtor@Example.com")
    assert mail.sender == "shop@example.com"
    assert mail.recipients == ("debtor@example.com", "blind@example.com")
    assert mail.subject == "Factuur 42 – ündert"
    assert "https://shop.example/p/abc" in mail.text
    assert "<a href=" in mail.html
    assert mail.attachments == {"INV 42.pdf": b"%PDF"}


def test_waiting_for_more_than_comes(smtp):
    send(smtp)
    with pytest.raises(TimeoutError, match="2 messages to debtor@example.com"):
        smtp.wait_for("debtor@example.com", count=2, timeout=0.1)


def test_each_address_by_itself(smtp):
    send(smtp)
    send(smtp, to="other@example.com")
    assert len(smtp.wait_for(count=2)) == 2
    assert len(smtp.sent_to("other@example.com")) == 1
    smtp.clear()
    assert smtp.sent_to() == []


def test_address_that_is_refused(smtp):
    smtp.refused["gone@example.com"] = "550 5.1.1 No such user"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp, to="gone@example.com")
    assert smtp.sent_to() == []


def test_as_a_program():
    command = [sys.executable, "-m", "tests.simulators.smtp"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            ready = json.loads(process.stdout.readline())
            catcher = type("Catcher", (), ready)
            send(catcher, subject="Hallo")
            assert json.loads(process.stdout.readline()) == {
                "from": "shop@example.com",
                "to": ["debtor@example.com"],
                "subject": "Hallo",
                "attachments": ["INV 42.pdf"],
            }
        finally:
            process.terminate()
