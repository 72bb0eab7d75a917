"""What every answer of ours says to browsers."""

from odoo.http import request

#: Answers that bring their own keep it.
HEADERS = {
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def policy(nonce=None, framed=False):
    """Content security policy: the address holds a secret, and somebody pays here."""
    style = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    # A form's target includes where it is redirected to: the provider's page.
    plain = "" if is_secure() else " http:"
    ancestors = "'self'" if framed else "'none'"
    return (
        "default-src 'none'; img-src 'self' data:; "
        f"style-src {style}; script-src 'self'; connect-src 'self'; "
        f"font-src 'self'; form-action 'self' https:{plain}; "
        f"frame-ancestors {ancestors}; base-uri 'none'"
    )


def protect(response):
    """Add what an answer doesn't say itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", policy())
    return response


def is_secure(link=None):
    """Whether browsers come by https: as this request did, or as the public address
    says, when the proxy in between doesn't.
    """
    if request.httprequest.scheme == "https":
        return True
    return bool(link) and link.company_id._pom_base_url().startswith("https://")
