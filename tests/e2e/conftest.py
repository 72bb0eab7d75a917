"""Everything in this folder starts real servers, each on a database of its own."""

import pytest

from tests.e2e.harness import Server, browser, database, environment, own_world
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.smtp import MailCatcher


@pytest.fixture
def world(request):
    """Name of a database with the Belgian company in it, dropped afterwards."""
    name = f"pom_{request.node.name.removeprefix('test_')}"[:60]
    database("world", name)
    yield name
    database("drop", name)


@pytest.fixture
def module_world(request):
    """The same, called as the module's ``NAME`` says, for models that the test itself
    works with.
    """
    with own_world(request.module.NAME):
        yield


@pytest.fixture(scope="session")
def page_server():
    """A company that collects with Bancontact and cards, and whose mails are caught:
    for all that do something on the payment page.
    """
    from tests.e2e import page_states

    name = "pom_page"
    database("world", name)
    running = Server(name)
    with BancontactPro() as psp, MailCatcher() as smtp:
        with environment(name) as env:
            page_states.set_up(env, running.url, psp)
            env["ir.mail_server"].create(
                {"name": "SMTP", "smtp_host": smtp.host, "smtp_port": smtp.port}
            )
        running.psp, running.smtp = psp, smtp
        with running:
            yield running
    database("drop", name)


@pytest.fixture(scope="session")
def chromium():
    with browser() as running:
        yield running
