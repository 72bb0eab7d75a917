"""What can be asked for, described once: routes, tests and the served file are this.

Adding an operation: an entry in :data:`PATHS`, what it takes and gives in
:mod:`.openapi_schemas`, and a method with ``@operation(name)`` in ``controllers/``.
"""

from __future__ import annotations

from .openapi_schemas import CODE, CURSOR, DAY, ID, OUTCOMES, STATUSES, ref

PREFIX = "/pom/api/v1"
#: Most in one page.
LIMIT = 100
JSON = "application/json"
PDF = "application/pdf"
#: Of a document, in bytes.
MOST_BYTES = 10 * 1024 * 1024
#: And of what is asked in JSON.
MOST_BODY = 256 * 1024


def query(name: str, schema: dict, description: str) -> dict:
    """A parameter in the address; none is required."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
    }


PAGING = [
    query("cursor", CURSOR, "The <code>next</code> of the page before."),
    query(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LIMIT, "default": LIMIT},
        "Most in one page. A page may hold fewer, and still not be the last.",
    ),
]
SHORT = {"type": "string", "minLength": 1, "maxLength": 64}
MOMENT = {"type": "string", "format": "date-time"}
SINCE = (
    "Ask with the <code>Complete-Until</code> of the answer before: what was written "
    "slowly would be missed by a clock of yours."
)
#: Whose, or which debt's.
ABOUT = [
    query("number", SHORT, "Number of the invoice."),
    query("reference", SHORT, "What a transfer quotes."),
    query("customer", SHORT, "Number of the customer."),
]
FILTERS = [
    *ABOUT,
    query(
        "status",
        {"type": "string", "enum": list(STATUSES)},
        "How it stands now.",
    ),
    query("due_from", DAY, "Due on that day or later."),
    query("due_until", DAY, "Due on that day or before."),
    query(
        "changed_since",
        MOMENT,
        f"Of which this system was told since, or could have asked. {SINCE}",
    ),
]
OF_MESSAGES = [
    query("invoice", ID, "The <code>id</code> of an invoice."),
    *ABOUT,
    query("kind", CODE, "Such as invoice, reminder or thanks."),
    query("channel", CODE, "Such as email, sms or letter."),
    query(
        "outcome",
        {"type": "string", "enum": list(OUTCOMES)},
        "What became of it.",
    ),
    query("changed_since", MOMENT, f"That are new, or went on, since. {SINCE}"),
]
IN_PATH = [{"name": "id", "in": "path", "required": True, "schema": ID}]
KEY = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": "^[!-~]{8,80}$"},
        "description": "Yours, another for each request: the same key again gives the "
        "same request, however often the answer got lost.",
    }
]
TAG = {"ETag": {"schema": {"type": "string"}, "required": True}}
COMPLETE = {
    "Complete-Until": {
        "schema": MOMENT,
        "required": True,
        "description": "What changed before that moment is in here, as far as it was "
        "asked for, on all pages together. It's the <code>changed_since</code> of the "
        "next time: what changed after it may come twice, and nothing is missed.",
    }
}
RATE = {
    "RateLimit-Policy": {"schema": {"type": "string"}},
    "RateLimit": {"schema": {"type": "string"}},
}


def answer(name: str, description: str, **headers: dict) -> dict:
    """What is answered: the schema of that name, as JSON."""
    return {
        "description": description,
        "headers": {**RATE, **headers},
        "content": {JSON: {"schema": ref(name)}},
    }


def body(name: str) -> dict:
    """What is sent: the schema of that name, as JSON."""
    return {"required": True, "content": {JSON: {"schema": ref(name)}}}


def reading(
    operation: str, summary: str, gives: str, *parameters: dict, **headers: dict
) -> dict:
    """An operation that changes nothing.

    :param gives: name of the schema of its answer.
    :param headers: of it, beside those that all have.
    """
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [*parameters],
        "responses": {
            "200": answer(gives, "How it is now.", **TAG, **headers),
            "304": {"description": "As when you had that ETag.", "headers": headers},
        },
    }


def acting(operation: str, summary: str, asks: str = "", **more) -> dict:
    """An operation on one request that changes something.

    ``x-acts`` is for us: who may not act is refused. It isn't served.

    :param asks: name of the schema of its body, '' when it has none.
    """
    found = {
        "operationId": operation,
        "summary": summary,
        "parameters": [*IN_PATH],
        "responses": {"200": answer("Request", "The request as it stands now.")},
        "x-acts": True,
        **more,
    }
    return {**found, "requestBody": body(asks)} if asks else found


PATHS = {
    "/invoices": {
        "get": reading(
            "listInvoices",
            "Invoices and how they stand now, oldest first. All of them, page by page, "
            "is what a system that starts today begins with.",
            "Invoices",
            *FILTERS,
            *PAGING,
            **COMPLETE,
        )
    },
    "/invoices/{id}": {
        "get": reading("getInvoice", "One invoice.", "Invoice", *IN_PATH)
    },
    "/payments": {
        "get": reading(
            "listPayments",
            "What was paid of which invoice, in the order in which it was booked.",
            "Payments",
            *PAGING,
        )
    },
    "/messages": {
        "get": reading(
            "listMessages",
            "What was said to customers about their debts, by which channel, and what "
            "became of it, oldest first.",
            "Messages",
            *OF_MESSAGES,
            *PAGING,
            **COMPLETE,
        )
    },
    "/events": {
        "get": reading(
            "listEvents",
            "What changed since an event, oldest first: to catch up, or to ask at "
            "intervals instead of being told.",
            "Events",
            query(
                "after",
                {"type": "integer", "minimum": 0, "maximum": 999_999_999},
                "The <code>after</code> of the answer before.",
            ),
            query("limit", PAGING[1]["schema"], "Most in one answer."),
            query(
                "status",
                {"type": "string", "enum": list(STATUSES)},
                "Only those that tell of this status.",
            ),
        )
    },
    "/requests": {
        "get": reading(
            "listRequests",
            "What this system asked for.",
            "Requests",
            query("number", SHORT, "Your number."),
            *PAGING,
        ),
        "post": {
            "operationId": "createRequest",
            "summary": "Ask for a payment: of an invoice of Odoo, or of a debt that "
            "lives elsewhere, which is booked as it is set for this system.",
            "parameters": KEY,
            "requestBody": body("NewRequest"),
            "responses": {
                "201": answer("Request", "It's asked for."),
                "200": answer("Request", "It was asked for already, with that key."),
            },
            "x-acts": True,
        },
    },
    "/requests/{id}": {
        "get": reading("getRequest", "One request.", "Request", *IN_PATH),
        "patch": acting(
            "changeRequest",
            "Another amount or day, of what lives elsewhere and of which nothing was "
            "paid yet.",
            "Change",
        ),
    },
    "/requests/{id}/withdraw": {
        "post": acting(
            "withdrawRequest",
            "Take it back. What lives elsewhere is taken out of the books, too; an "
            "invoice of Odoo stays as it is.",
        )
    },
    "/requests/{id}/replace": {
        "post": acting(
            "replaceLink", "A new link, because the old one leaked; that is closed."
        )
    },
    "/requests/{id}/send": {
        "post": acting("sendRequest", "Send it by a channel.", "Sending")
    },
    "/open-links": {
        "get": reading(
            "listOpenLinks",
            "Links to which anybody pays an amount of their own.",
            "OpenLinks",
        ),
        "post": {
            **acting(
                "createOpenLink",
                "A link for an open amount (a donation, a deposit, a top-up): used "
                "again and again, and each payment is a debt of its own.",
                "NewOpenLink",
            ),
            "parameters": [],
            "responses": {"201": answer("OpenLink", "It's there.")},
        },
    },
    "/open-links/{id}/close": {
        "post": {
            **acting("closeOpenLink", "Nobody pays there any more."),
            "responses": {"200": answer("OpenLink", "It's closed.")},
        }
    },
    "/requests/{id}/document": {
        "put": acting(
            "attachDocument",
            "The document that page and messages show instead of Odoo's own.",
            requestBody={
                "required": True,
                "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
            },
        )
    },
}
