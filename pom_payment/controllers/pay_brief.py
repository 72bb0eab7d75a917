"""Answers that cost next to nothing, for whoever comes too often or too early: no
record is read for them, and no template rendered. A flood gets nothing else.
"""

from html import escape

from odoo.http import Response, request

from .pay_common import HTML, choose_language, protected
from .pay_look import ASSETS

PAGE = (
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"/>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    '<title>{title}</title><link rel="stylesheet" href="{style}"/></head>'
    '<body><main class="narrow"><section class="card"><h1 class="plain">{title}</h1>'
    '<p role="status">{text}</p></section></main></body></html>'
)
#: After so many seconds one asks again for a document that somebody else is drawing.
DRAWING_SECONDS = 3
MINUTE = 60


def one_moment():
    """Somebody draws a document. Whoever waits sees it without doing anything."""
    env = _in_language()
    response = _answer(
        env,
        env._("One moment"),
        env._("The document is being made. It appears here by itself."),
        DRAWING_SECONDS,
    )
    response.headers["Refresh"] = str(DRAWING_SECONDS)
    return response


def too_often():
    """Of whatever is counted by the minute."""
    env = _in_language()
    return _answer(
        env,
        env._("Please wait a minute"),
        env._("This was asked too often. Nothing is lost: try again in a minute."),
        MINUTE,
    )


def _in_language():
    """Of the address or the browser: whose link it is isn't known yet."""
    links = request.env["pom.paylink"]
    lang = choose_language(links, request.httprequest.args.get("lang"))
    return links.with_context(lang=lang).env


def _answer(env, title, text, seconds):
    values = {"title": title, "text": text, "style": ASSETS["pay.css"]}
    values["lang"] = env.context["lang"].replace("_", "-")
    html = PAGE.format(**{name: escape(value) for name, value in values.items()})
    response = Response(html, status=429, headers=HTML)
    response.headers["Retry-After"] = str(seconds)
    return protected(response)
