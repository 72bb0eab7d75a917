"""Template texts to paste at Meta, who approves each of them for a language.

Source: https://developers.facebook.com/docs/whatsapp/message-templates/guidelines. A
text neither begins nor ends with a variable; the category of what somebody owes is
*utility*: anything that sells makes it *marketing*, which costs more and is sent less.
The parameters are what ``pom.delivery`` fills in: name, company, document, amount.
"""

from dataclasses import dataclass

CATEGORY = "UTILITY"


@dataclass(frozen=True)
class Template:
    """
    :param language: code of Meta's.
    :param button: its address ends in a variable.
    """

    name: str
    language: str
    body: str
    button: str


TEMPLATES = (
    Template(
        "payment_request",
        "en_US",
        "Hello {{1}}, {{2}} sent you {{3}}: {{4}}. You can look at it and pay with the "
        "button below.",
        "View and pay",
    ),
    Template(
        "payment_request",
        "nl",
        "Dag {{1}}, {{2}} stuurde u {{3}}: {{4}}. Met de knop hieronder kunt u alles "
        "bekijken en betalen.",
        "Bekijk en betaal",
    ),
    Template(
        "payment_request",
        "fr",
        "Bonjour {{1}}, {{2}} vous a envoyé {{3}} : {{4}}. Le bouton ci-dessous permet "
        "de consulter et de payer.",
        "Voir et payer",
    ),
    Template(
        "payment_request",
        "de",
        "Guten Tag {{1}}, {{2}} hat Ihnen {{3}} gesendet: {{4}}. Mit der Schaltfläche "
        "unten können Sie alles ansehen und bezahlen.",
        "Ansehen und zahlen",
    ),
    Template(
        "payment_reminder",
        "en_US",
        "Hello {{1}}, {{2}} has not received your payment for {{3}} yet: {{4}}. Have "
        "you paid, or is something wrong? Tell us with the button below.",
        "Pay or answer",
    ),
    Template(
        "payment_reminder",
        "nl",
        "Dag {{1}}, {{2}} heeft uw betaling voor {{3}} nog niet ontvangen: {{4}}. Hebt "
        "u al betaald of klopt er iets niet? Laat het weten met de knop hieronder.",
        "Betaal of antwoord",
    ),
    Template(
        "payment_reminder",
        "fr",
        "Bonjour {{1}}, {{2}} n'a pas encore reçu votre paiement pour {{3}} : {{4}}. "
        "Déjà payé, ou quelque chose ne va pas ? Répondez avec le bouton ci-dessous.",
        "Payer ou répondre",
    ),
    Template(
        "payment_reminder",
        "de",
        "Guten Tag {{1}}, {{2}} hat Ihre Zahlung für {{3}} noch nicht erhalten: {{4}}. "
        "Schon bezahlt, oder stimmt etwas nicht? Antworten Sie mit der Schaltfläche "
        "unten.",
        "Zahlen, antworten",
    ),
)


def text(base: str) -> str:
    """All of them, as one copies them.

    :param base: what addresses of the payment page begin with

    >>> print(text("https://pay.x.be")[:100])
    payment_request · en_US · UTILITY
    Hello {{1}}, {{2}} sent you {{3}}: {{4}}. You can look at it and p
    """
    return "\n\n".join(
        f"{one.name} · {one.language} · {CATEGORY}\n{one.body}\n"
        f"[{one.button}] {base}/p/{{{{1}}}}"
        for one in TEMPLATES
    )
