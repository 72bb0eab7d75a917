"""A webshop that has no Odoo: it asks for a payment of each order, wants to know what
becomes of it, and speaks only HTTP. It may be killed at any moment.
    python -m tests.e2e.webshop SERVER KEY FOLDER PORT ORDERS
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

#: Seconds after which it asks, whether it was told of anything or not.
PATIENCE = 1
#: As long as the server is away or busy it tries again, with the same key.
AGAIN = 0.2


class Webshop:
    def __init__(self, server, key, folder, orders):
        self.api = f"{server}/pom/api/v1"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"
        self.file = Path(folder) / "shop.json"
        self.orders = orders
        self.told = threading.Event()
        empty = {"after": 0, "requests": {}, "status": {}}
        known = self.file.exists() and json.loads(self.file.read_text())
        self.state = known or empty

    def keep(self):
        """All or nothing, whatever happens meanwhile."""
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(self.state))
        os.replace(beside, self.file)

    def run(self):
        for number in range(self.orders):
            if str(number) not in self.state["requests"]:
                self.ask_for(number)
        while True:
            self.catch_up()
            self.told.wait(PATIENCE)
            self.told.clear()

    def ask_for(self, number):
        order = {
            "number": f"W-{number:04}",
            "amount": f"{10 + number}.50",
            "currency": "EUR",
            "due_date": "2031-01-31",
            "customer": {"ref": f"C-{number % 7}", "name": f"Customer {number % 7}"},
        }
        key = {"Idempotency-Key": f"order-{number:04}"}
        made = self.insist("POST", "/requests", json=order, headers=key)
        assert made["qr_svg"] and made["button"], made
        self.state["requests"][str(number)] = {
            "id": made["id"],
            "invoice": made["invoice"]["id"],
            "button": made["button"],
        }
        self.keep()

    def catch_up(self):
        """What changed since, and where it left off, are kept in one go."""
        params = {"after": self.state["after"]}
        answer = self.insist("GET", "/events", params=params)
        for event in answer["events"]:
            self.state["status"][str(event["data"]["id"])] = event["data"]["status"]
        if answer["after"] != self.state["after"]:
            self.state["after"] = answer["after"]
            self.keep()
            self.told.set()

    def insist(self, method, path, **given):
        while True:
            try:
                answer = self.session.request(
                    method, self.api + path, timeout=60, **given
                )
            except requests.RequestException:
                threading.Event().wait(AGAIN)
                continue
            if answer.ok:
                return answer.json()
            if answer.status_code not in (429, 500, 502, 503):
                raise RuntimeError(answer.text)
            threading.Event().wait(float(answer.headers.get("Retry-After", AGAIN)))


def listener(shop, port):
    """Whatever it's told, it asks: what it's told may be overtaken."""

    class Told(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            shop.told.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Told)


if __name__ == "__main__":
    server, key, folder, port, orders = sys.argv[1:]
    webshop = Webshop(server, key, folder, int(orders))
    told = listener(webshop, int(port))
    threading.Thread(target=told.serve_forever, daemon=True).start()
    webshop.run()
