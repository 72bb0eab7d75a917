"""How large the PDF engine draws a millimetre.

wkhtmltopdf lays pages out in pixels of its own: 75 or 96 an inch, as it was built, and
what it says about itself doesn't tell which. So a page with two marks is drawn once.
"""

import io
import logging

from odoo.tools.pdf import PdfFileReader

_logger = logging.getLogger(__name__)

#: Millimetres between the marks. Of a link a PDF says where it is.
APART = 100
MARK = (
    '<a href="https://mark.example/{0}" style="position:absolute;top:0;left:{0}mm">'
    "x</a>"
)
PAGE = f"""<!DOCTYPE html><html><body style="margin:0">
{MARK.format(0)}{MARK.format(APART)}</body></html>"""
POINTS = 25.4 / 72
#: Report -> factor. It doesn't change while a server runs.
_known: dict[str, float] = {}


def zoom(report, ref):
    """The CSS zoom by which a millimetre of a template is one on paper.

    :param report: model ``ir.actions.report``
    :param str ref: external id of a report, for its paper
    """
    if ref not in _known:
        pdf = report._run_wkhtmltopdf([PAGE], report_ref=ref)
        _known[ref] = APART / between(pdf)
        _logger.info("Letters are drawn with zoom %.4f", _known[ref])
    return _known[ref]


def between(pdf):
    """Millimetres between the two marks of a page."""
    page = PdfFileReader(io.BytesIO(pdf)).pages[0]
    places = sorted(float(note.get_object()["/Rect"][0]) for note in page["/Annots"])
    return (places[-1] - places[0]) * POINTS
