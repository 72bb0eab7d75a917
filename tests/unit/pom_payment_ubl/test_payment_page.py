import pytest

from odoo.addons.pom_payment_ubl.tools.payment_page import LONGEST, host_of, page_of

PAGE = "https://pay.example/p/7ZK3"


@pytest.mark.parametrize(
    "words",
    (
        "Pay online",
        "Betaal online",
        "Online betalen",
        "Payer en ligne",
        "Lien de paiement",
        "Online bezahlen",
        "Zahlungsseite",
        "Paga online",
        "Página de pago",
    ),
)
def test_it_says_that_one_pays_there(words):
    assert page_of([(PAGE, words)]) == PAGE


@pytest.mark.parametrize("words", ("", None, "Time sheet", "Repayable", "Prepayed"))
def test_it_does_not(words):
    assert page_of([(PAGE, words)]) == ""


@pytest.mark.parametrize(
    "url",
    (
        None,
        "",
        "javascript:alert(1)",
        "http://pay.example/",
        "https://",
        "https://a b.example/",
        "https://pay.example\\@evil.example/",
        "https://user@pay.example/",
        "https://pаy.example/",  # a Cyrillic letter
        "https://[::1",
        "https://pay.example:99999999/",
        f"{PAGE}/{'x' * LONGEST}",
    ),
)
def test_nobody_should_open_it(url):
    assert host_of(url) == ""
    assert page_of([(url, "Pay online")]) == ""
