"""What is in ``deploy/``: Docker's files as their own rules judge them, and Caddy, run
with that very file in front of an Odoo.
"""

import contextlib
import json
import os
import re
import socket
import ssl
import subprocess
import time

import pytest
import requests
import yaml

from tests.e2e import company
from tests.e2e.harness import DEV, ROOT, Server, environment, free_port

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DEPLOY = ROOT / "deploy"
#: By which Caddy signs; it makes one before it listens.
ROOT_CERTIFICATE = DEV / "caddy/caddy/pki/authorities/local/root.crt"
#: Judges a compose file by the Compose specification; words that it doesn't know are
#: passed over there, and must not be here.
COMPOSE = """
import sys, yaml
from compose_spec.models import ComposeSpecification

def known(given, read):
    if isinstance(given, dict) and isinstance(read, dict):
        return all(key in read and known(given[key], read[key]) for key in given)
    return True

given = yaml.safe_load(sys.stdin)
read = ComposeSpecification.model_validate(given)
sys.exit(not known(given, read.model_dump(by_alias=True, exclude_unset=True)))
"""


@pytest.fixture(scope="module")
def tools():
    """Folder of the programs that dev/site/requirements.txt pins."""
    subprocess.run([ROOT / "dev" / "docs", "tools"], check=True)
    return DEV / "site-venv" / "bin"


def judge(tools, text):
    return subprocess.run(
        [tools / "python", "-c", COMPOSE], input=text, capture_output=True, text=True
    )


def test_dockerfile(tools):
    command = [tools / "hadolint", "--no-color", DEPLOY / "Dockerfile"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_compose(tools):
    text = (DEPLOY / "compose.yaml").read_text()
    done = judge(tools, text)
    assert done.returncode == 0, done.stderr
    for word in ("volumes:", "depends_on:", "healthcheck:", "interval:"):
        assert judge(tools, text.replace(word, f"un{word}")).returncode != 0, word
    found = yaml.safe_load(text)
    for service in found["services"].values():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            there = (DEPLOY / source).exists() if source[0] == "." else None
            assert there or source in found["volumes"], volume
    example = (DEPLOY / ".env.example").read_text()
    wanted = set(re.findall(r"\$\{(\w+):\?", text))
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_versions_are_those_that_are_tested():
    pins = (ROOT / "dev" / "requirements.in").read_text().splitlines()
    pins += (ROOT / "dev" / "requirements-oca.in").read_text().splitlines()
    for name in ("requirements.txt", "requirements-oca.txt"):
        for line in (DEPLOY / name).read_text().splitlines():
            assert line.startswith("#") or line in pins, line


@contextlib.contextmanager
def caddy(tools, server):
    """
    :return: its address, the file of its log
    """
    port, log = free_port(), DEV / "caddy.log"
    environ = {
        **os.environ,
        "HOME": str(DEV / "caddy"),
        "XDG_DATA_HOME": str(DEV / "caddy"),
        # For this name Caddy signs a certificate itself.
        "POM_HOST": "localhost",
        "POM_HTTPS_PORT": str(port),
        "POM_HTTP_PORT": str(free_port()),
        "POM_ODOO": "127.0.0.1",
        "POM_PORT": str(server.port),
        "SKIP_INSTALL_TRUST": "1",
    }
    command = [tools / "caddy", "run", "--config", DEPLOY / "Caddyfile"]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environ, stderr=output, stdout=output)
        try:
            wait_for(port)
            yield f"https://localhost:{port}", log
        finally:
            process.terminate()
            process.wait(20)


def wait_for(port):
    """It listens before its first certificate is made."""
    context = ssl._create_unverified_context()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1) as plain,
            context.wrap_socket(plain, server_hostname="localhost"),
        ):
            return
        time.sleep(0.2)
    raise AssertionError("Caddy didn't start")


def text_message(move):
    values = {
        "kind": "invoice",
        "channel": "sms",
        "partner_id": move.partner_id.id,
        "company_id": move.company_id.id,
        "moves": move,
    }
    return move.env["pom.delivery"].sudo()._ask([values])


def test_caddy_in_front(tools, world):
    """TLS, the sender's own address, no database manager, and no link in the log."""
    move, url = company.invoice(world)
    path = url[url.index("/p/") :]
    token = path.split("/")[2]
    with environment(world) as env:
        short = text_message(env["account.move"].browse(move)).short_token
        env["ir.config_parameter"].set_param("pom_payment.health_networks", "9.9.9.9")
    odoo = (str(ROOT / "dev" / "odoo"), "--proxy-mode")
    server = Server(world, crons=0, program=odoo)
    with server, caddy(tools, server) as (front, log):
        session = requests.Session()
        # Whatever the machine trusts: this certificate is Caddy's own.
        session.trust_env, session.verify = False, str(ROOT_CERTIFICATE)
        page = session.get(front + path, timeout=60)
        assert page.status_code == 200 and "Bakkerij" in page.text
        following = {"Referer": front + path, "Authorization": "Bearer secret-key"}
        session.get(f"{front}{path}?lang=fr_BE", headers=following, timeout=60)
        led = session.get(f"{front}/s/{short}", allow_redirects=False, timeout=60)
        assert token in led.headers["Location"]
        assert session.get(f"{front}/web/database/manager").status_code == 404
        # Who says to be somebody else isn't believed.
        forged = {"X-Forwarded-For": "9.9.9.9"}
        told = session.get(f"{front}/pom/health", headers=forged, timeout=60)
        assert told.json().keys() == {"status"}
        with environment(world) as env:
            env["ir.config_parameter"].set_param(
                "pom_payment.health_networks", "127.0.0.1 ::1"
            )
        assert "checks" in session.get(f"{front}/pom/health", timeout=60).json()
    text = log.read_text()
    rows = [json.loads(line) for line in text.splitlines() if '"request"' in line]
    asked = [row["request"]["uri"] for row in rows]
    assert asked[:3] == ["/p/…", "/p/…?lang=fr_BE", "/s/…"]
    for secret in (token, short, "secret-key", *session.cookies.values()):
        assert secret not in text
