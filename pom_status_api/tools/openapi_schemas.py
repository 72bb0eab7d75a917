"""What goes over the wire, described once: served, checked and tested by this.

A column of what is told of an invoice is a line in ``Invoice`` here and one in
``account.move._pom_told``: the client of the tests holds each answer against this.
"""

from __future__ import annotations

from odoo.addons.pom_payment.debt.facts import CLAIM_KINDS

#: The words for a debt (``debt.standing.WORDS``) of what third systems are told; the
#: README says what each means.
STATUSES = (
    "open",
    "overdue",
    "partial",
    "covered",
    "planned",
    "collected",
    "disputed",
    "handed_over",
    "in_progress",
    "received",
    "held",
    "paid",
    "credit",
    "reversed",
    "blocked",
    "withdrawn",
    "draft",
    "cancelled",
)
#: What becomes of a message.
OUTCOMES = (
    "queued",
    "by_hand",
    "sending",
    "sent",
    "delivered",
    "bounced",
    "failed",
    "overtaken",
)
#: More than nothing, with cents or without.
AMOUNT = r"^([1-9][0-9]{0,8}(\.[0-9]{2})?|0\.(0[1-9]|[1-9][0-9]))$"
#: What strangers may be asked for.
OPEN_AMOUNT = r"^[1-9][0-9]{0,3}(\.[0-9]{2})?$"
ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
#: Where a list goes on. It stands in addresses, where this needs no quoting.
CURSOR = {"type": "string", "pattern": "^[0-9]{1,10}(-[0-9]{1,16})?$"}
DAY = {"type": "string", "format": "date", "minLength": 10, "maxLength": 10}
#: An amount that we tell; it may be below zero.
TOLD = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
#: A day, or null where there is none.
DAY_OR_NULL = {"type": ["string", "null"], "format": "date"}
#: A moment in UTC, or null where it hasn't come.
MOMENT_OR_NULL = {"type": ["string", "null"], "format": "date-time"}
#: How kinds and channels are called: addons bring their own.
CODE = {"type": "string", "pattern": "^[a-z_]{2,30}$"}
#: Control characters, and what is no character.
UNSHOWN = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff"
TEXT = {"type": "string"}
FLAG = {"type": "boolean"}


def ref(name: str) -> dict:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def text(most: int, **more) -> dict:
    """Something that a person reads, in one line: not empty, not only blanks, and
    nothing that no page or document can show.
    """
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": most,
        "pattern": f"^[^{UNSHOWN}]*[^ {UNSHOWN}][^{UNSHOWN}]*$",
        **more,
    }


def record(required=None, **properties) -> dict:
    """An object with these properties and no others.

    :param required: names of those that must be there. Without it all: what we tell is
        always whole, what we're sent may be less.
    """
    return {
        "type": "object",
        "required": list(properties if required is None else required),
        "properties": properties,
        "additionalProperties": False,
    }


def told(description: str, schema: dict | None = None) -> dict:
    """Something that we tell: an amount, if nothing else is said."""
    return {**(schema or TOLD), "description": description}


def page_of(name: str, one: str) -> dict:
    """A page of a list: ``next`` is the cursor of the one that follows."""
    return record(
        **{
            name: {"type": "array", "items": ref(one)},
            "next": {"type": ["string", "null"]},
        }
    )


LINE = record(
    ("description", "amount"),
    description=text(500),
    amount={"type": "string", "pattern": AMOUNT},
    tax_rate={
        "type": "string",
        "pattern": r"^[0-9]{1,2}(\.[0-9]{1,2})?$",
        "description": "Percent that is in the amount; one of those that are set for "
        "this system. Without it nothing is booked as tax.",
    },
)
CUSTOMER = record(
    ("ref", "name"),
    ref=text(64, description="Your number of this customer: the same is the same."),
    name=text(200),
    email={
        "type": "string",
        "maxLength": 200,
        "pattern": r"^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$",
    },
    phone=text(40),
    street=text(200),
    zip=text(20),
    city=text(100),
    country={"type": "string", "pattern": "^[A-Z]{2}$"},
    language={
        "type": "string",
        "pattern": "^[a-z]{2}(_[A-Z]{2})?$",
        "description": "Of messages and page, where it's installed.",
    },
)
RETURN_URL = {
    "type": "string",
    "maxLength": 500,
    "pattern": r"^https://[A-Za-z0-9.-]{1,200}(:[0-9]{2,5})?(/[!-~]*)?$",
    "description": "Where the page offers to go back to.",
}
#: What is told of each payment.
PAID = {
    "amount": TOLD,
    "discount": told("What was taken for paying early, beside the amount."),
    "without_payment": told(
        "What was settled without a payment, beside the amount: written off or set off."
    ),
    "date": DAY_OR_NULL,
    "by": told(
        "The provider's code, `bank` (a bank statement), `registered` (by hand), "
        "`credit_note` or `other`.",
        TEXT,
    ),
    "entry": told("Number of the entry in the books.", TEXT),
}
CHANNELS = {
    "type": "array",
    "maxItems": 5,
    "items": CODE,
    "description": "By which it's sent at once, such as email.",
}

SCHEMAS = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status"],
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "code": TEXT,
            "errors": {
                "type": "array",
                "items": record(pointer=TEXT, detail=TEXT),
            },
        },
    },
    "Payment": record(**PAID),
    "Part": record(
        due_date=DAY_OR_NULL,
        amount=TOLD,
        left=told("What of it is unpaid."),
    ),
    "Claim": record(
        kind={"type": "string", "enum": list(CLAIM_KINDS)},
        amount=TOLD,
        asked_on=told("When a message asked it.", DAY_OR_NULL),
    ),
    "Invoice": record(
        id=ID,
        number=TEXT,
        reference=told("What a transfer quotes.", TEXT),
        customer=told("Number of the customer; '' if it has none.", TEXT),
        status={
            "type": "string",
            "enum": list(STATUSES),
            "description": "No event comes because the due day has passed.",
        },
        amount_total=TOLD,
        amount_due=told("What the books have open; below zero when you owe."),
        amount_asked=told(
            "What is asked now, with `claims`, and up to `discount_until` less the "
            "discount for paying early."
        ),
        amount_covered=told(
            "What isn't asked, since money of the debtor waits for being applied."
        ),
        amount_disputed=told("What the debtor contests; it isn't asked."),
        amount_surplus=told("What was paid beyond what was due and is still here."),
        amount_without_payment=told(
            "What was settled without a payment: written off or set off by an entry of "
            "the books. A `paid` invoice of which this is above zero was not paid in "
            "full. No credit note, no discount."
        ),
        currency=TEXT,
        due_date=DAY_OR_NULL,
        late_since=told("The oldest day that has passed unpaid.", DAY_OR_NULL),
        next_due=told("When the next part falls due.", DAY_OR_NULL),
        discount_until=told("Last day of the discount in `amount_asked`.", DAY_OR_NULL),
        payment_page=told("Address of the page; '' when it has none.", TEXT),
        parts={
            "type": "array",
            "items": ref("Part"),
            "description": "What is unpaid, by day: of a plan, where one was agreed.",
        },
        plan={
            "type": ["string", "null"],
            "description": "How the newest payment plan stands: `draft` (to decide), "
            "`offered`, `active` (`parts` are its own), `done`, `broken`, `stopped` or "
            "`refused`; null where there never was one.",
        },
        claims={
            "type": "array",
            "items": ref("Claim"),
            "description": "What messages asked on top of the invoice and nobody paid: "
            "in `amount_asked`, not in `amount_due`.",
        },
        payments={"type": "array", "items": ref("Payment")},
    ),
    "Invoices": page_of("invoices", "Invoice"),
    "PaymentOfInvoice": record(id=ID, invoice=ID, number=TEXT, currency=TEXT, **PAID),
    "Payments": page_of("payments", "PaymentOfInvoice"),
    "Message": record(
        id=ID,
        kind=CODE,
        channel=CODE,
        customer=TEXT,
        invoices={
            "type": "array",
            "items": ref("MessageInvoice"),
            "description": "What it is about: one message may ask for several.",
        },
        amount={**TOLD, "description": "What it asked, with all that came on top."},
        currency=TEXT,
        outcome={
            "type": "string",
            "enum": list(OUTCOMES),
            "description": "`overtaken`: it wasn't sent, since nothing was due any "
            "more.",
        },
        failure={"type": ["string", "null"]},
        created={"type": "string", "format": "date-time"},
        sent=MOMENT_OR_NULL,
        seen={
            **MOMENT_OR_NULL,
            "description": "When a person first did something on the page it led to.",
        },
        settled={
            **MOMENT_OR_NULL,
            "description": "When all that it asked was paid.",
        },
        made_pay={
            **FLAG,
            "description": "Whether it was the last one that left before the payment.",
        },
    ),
    "MessageInvoice": record(id=ID, number=TEXT),
    "Messages": page_of("messages", "Message"),
    "Event": record(
        id=TEXT,
        type={"type": "string", "enum": ["invoice.status"]},
        timestamp=TEXT,
        data=ref("Invoice"),
    ),
    "Events": record(
        events={"type": "array", "items": ref("Event")},
        after={"type": "integer"},
        newest={
            "type": "integer",
            "description": "Where the feed ends now: whoever reads all invoices next "
            "goes on with <code>after</code> that, and misses nothing.",
        },
    ),
    "Line": LINE,
    "Customer": CUSTOMER,
    "ForInvoice": record(
        ("invoice",),
        invoice={
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "Number of an invoice of Odoo.",
        },
        return_url=RETURN_URL,
        channels=CHANNELS,
    ),
    "FromElsewhere": record(
        ("number", "customer", "amount", "currency", "due_date"),
        number=text(64, description="Your own; one request has it at a time."),
        customer=ref("Customer"),
        amount={"type": "string", "pattern": AMOUNT},
        currency={"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"]},
        due_date=DAY,
        reference=text(
            35, description="What a transfer quotes; without it one is made."
        ),
        lines={"type": "array", "minItems": 1, "maxItems": 200, "items": ref("Line")},
        return_url=RETURN_URL,
        channels=CHANNELS,
    ),
    "NewRequest": {"oneOf": [ref("FromElsewhere"), ref("ForInvoice")]},
    "Change": record(
        (),
        amount={
            "type": "string",
            "pattern": AMOUNT,
            "description": "What the lines come to, where there are some.",
        },
        due_date=DAY,
        lines={"type": "array", "minItems": 1, "maxItems": 200, "items": ref("Line")},
    ),
    "Sending": record(("channel",), channel=CODE),
    "NewOpenLink": record(
        ("name",),
        name=text(100, description="What it's for."),
        least={"type": "string", "pattern": OPEN_AMOUNT},
        most={"type": "string", "pattern": OPEN_AMOUNT},
        suggested={
            "type": "array",
            "maxItems": 6,
            "items": {"type": "string", "pattern": OPEN_AMOUNT},
        },
    ),
    "OpenLink": record(
        id=ID,
        name=TEXT,
        active=FLAG,
        page={**TEXT, "description": "Where one chooses an amount."},
        poster={
            **TEXT,
            "description": "A page to print, with the code; `?lang=` en, nl, fr or de.",
        },
        qr_svg={**TEXT, "description": "The code alone, as the text of an SVG file."},
        currency=TEXT,
        least=TOLD,
        most=TOLD,
        suggested={"type": "array", "items": TOLD},
    ),
    "OpenLinks": record(links={"type": "array", "items": ref("OpenLink")}),
    "Request": record(
        id=ID,
        number={**TEXT, "description": "As you asked: yours, or the invoice's."},
        from_elsewhere={**FLAG, "description": "Whether it is booked for this."},
        withdrawn=FLAG,
        return_url={"type": ["string", "null"]},
        page={
            **TEXT,
            "description": "Where it is paid; '', like all that leads there, when it "
            "was taken back.",
        },
        short_address={**TEXT, "description": "The same, to print and to type."},
        qr_svg={**TEXT, "description": "Its QR code, as the text of an SVG file."},
        qr_png={**TEXT, "description": "The same, as the address of a PNG file."},
        status_picture={
            **TEXT,
            "description": "Address of a picture (SVG) that says how it stands when "
            "it's looked at.",
        },
        button={"type": "string", "description": "HTML for mails; '' if none is due."},
        bank_code={
            "type": ["string", "null"],
            "description": "Text of the bank-transfer QR code (EPC069-12).",
        },
        bank_code_png={"type": ["string", "null"]},
        invoice=ref("Invoice"),
    ),
    "Requests": page_of("requests", "Request"),
}
