"""What the browser tests, the demo and the benchmarks need: a real Odoo server in a
process of its own, its database, its remote calls, and a real browser.
"""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg2
import requests

ROOT = Path(__file__).resolve().parents[2]
DEV = Path(os.environ.get("POM_DEV", ROOT / ".dev"))
#: Of this process, whatever others seed.
DICE = random.SystemRandom()
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
}


def free_port() -> int:
    """One below those that the system gives to whoever asks somebody else: before a
    server listens there, nobody else does.
    """
    while True:
        port = DICE.randrange(20_000, 32_000)
        with contextlib.suppress(OSError):
            socket.create_server(("127.0.0.1", port)).close()
            return port


def database(*arguments: str):
    """``dev/database``: new NAME, world NAME, drop NAME."""
    run([ROOT / "dev" / "database", *arguments], check=True)


def run(command, **options):
    """``subprocess.run`` that may be called in a thread: the environment itself changes
    while others start programs (pytest notes in it which test runs), and a program
    whose environment moves away at that moment dies of a bad address.
    """
    return subprocess.run(command, env=os.environ.copy(), **options)


@contextlib.contextmanager
def own_world(name: str):
    """A database with the Belgian company in it, for models that this process itself
    works with; dropped afterwards.
    """
    from odoo.tools import config  # noqa: PLC0415

    # Else loading this database's modules looks for tests in them.
    enabled, config["test_enable"] = config["test_enable"], False
    database("world", name)
    yield
    database("drop", name)
    config["test_enable"] = enabled


#: Hands file 3 over as systemd does it for a socket unit.
ACTIVATED = 'exec 3<&"$0"; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'


class Server:
    """``dev/odoo`` on a database, in a process group of its own.

    :param program: another Odoo's command, with options; ``environ`` is its environment
    :param waiting: connections that may wait for a worker, as a socket unit's
        ``Backlog=``; Odoo's own are eight a worker
    """

    def __init__(
        self,
        name: str,
        *,
        port: int = 0,
        workers: int = 0,
        crons: int = 1,
        waiting: int = 0,
        log: Path | None = None,
        program: tuple[str, ...] = (str(ROOT / "dev" / "odoo"),),
        environ: dict[str, str] | None = None,
    ):
        self.database = name
        self.program, self.environ = program, environ
        self.port = port or free_port()
        self.workers = workers
        self.crons = crons
        self.waiting = waiting
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log or DEV / f"{name}.server.log"
        self._earlier = self.log.stat().st_size if self.log.exists() else 0
        self.process = None

    def start(self, timeout: float = 300) -> "Server":
        command = [
            *self.program,
            f"--database={self.database}",
            f"--http-port={self.port}",
            f"--gevent-port={free_port()}",
            f"--workers={self.workers}",
            f"--max-cron-threads={self.crons}",
            "--log-level=info",
            f"--logfile={self.log}",
        ]
        with contextlib.ExitStack() as doors:
            handed = []
            if self.waiting:
                door = doors.enter_context(self._door())
                handed = [door.fileno()]
                command = ["bash", "-c", ACTIVATED, str(handed[0]), *command]
            self.process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, pass_fds=handed, env=self.environ,
            )  # fmt: skip
        self._wait(timeout)
        return self

    def _door(self):
        door = socket.create_server(("127.0.0.1", self.port), backlog=self.waiting)
        door.setblocking(False)
        return door

    def _wait(self, timeout):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.url}/web/health", timeout=60).ok:
                    return
            time.sleep(0.2)
        raise RuntimeError(f"Odoo did not start; see {self.log}")

    def said(self) -> str:
        """Its log; not those of earlier servers of that name."""
        return self.log.read_bytes()[self._earlier :].decode()

    def kill(self):
        """Without warning, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self):
        self._signal(signal.SIGTERM)

    def _signal(self, number):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()


class Client:
    """Calls methods as a logged-in user's browser does."""

    def __init__(self, server: Server, login: str = "admin", password: str = "admin"):
        self.url = server.url
        self.session = requests.Session()
        self._post(
            "/web/session/authenticate",
            {"db": server.database, "login": login, "password": password},
        )

    def call(self, model: str, method: str, *args, **kwargs):
        """
        :raises RuntimeError: with Odoo's message
        """
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def read(self, model: str, ids, fields):
        return self.call(model, "read", list(ids), fields)

    def _post(self, path, params):
        answer = self.session.post(
            self.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=120
        ).json()
        if "error" in answer:
            data = answer["error"].get("data", {})
            raise RuntimeError(data.get("debug") or data.get("message") or answer)
        return answer["result"]


def wake(name: str):
    """Have a database's servers look at its scheduled actions now, as they are told to
    when one is triggered: a server that has just started does so after a minute.
    """
    with contextlib.closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True
        connection.cursor().execute("SELECT pg_notify('cron_trigger', %s)", [name])


@contextlib.contextmanager
def environment(name: str):
    """Odoo's environment in this process, as superuser; committed at the end."""
    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    if not config["db_name"]:
        config.parse_config(["-d", name, "--log-level=warn"], setup_logging=True)
    registry = Registry(name)
    registry.check_signaling()
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
    registry.signal_changes()


#: Milliseconds that a browser waits for what will come: a busy machine is no bug.
PATIENCE = 120_000


class Patient:
    """A browser whose windows wait for so long, where nothing else is said."""

    def __init__(self, chromium):
        self._chromium = chromium

    def new_page(self, **options):
        return self._patient(self._chromium.new_page(**options))

    def new_context(self, **options):
        return self._patient(self._chromium.new_context(**options))

    def _patient(self, opened):
        opened.set_default_timeout(PATIENCE)
        return opened

    def __getattr__(self, name):
        return getattr(self._chromium, name)


@contextlib.contextmanager
def browser():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS
        )
        yield Patient(chromium)
        chromium.close()


#: Odoo's own assistant greets whom it doesn't know yet, some minutes after they came,
#: in a window that lies over what is to be clicked (over all of it on a phone).
NO_CHAT = """document.addEventListener("DOMContentLoaded", () => {
    const style = document.createElement("style");
    const windows = ".o-mail-ChatHub, .o-mail-ChatWindow";
    style.textContent = `${windows} { display: none !important }`;
    document.head.append(style);
});"""


def log_in(page, url: str, login: str = "admin", password: str = "admin"):
    """As somebody who works in Odoo; the first to come waits until it has built its
    scripts, which takes long on a busy machine.
    """
    page.set_default_timeout(240_000)
    page.add_init_script(NO_CHAT)
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
