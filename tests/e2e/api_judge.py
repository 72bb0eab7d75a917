"""What schemathesis can't make up by itself: documents."""

import io

import schemathesis
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas


def document(text: str) -> bytes:
    """A page that says something."""
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 720, text)
    canvas.save()
    return written.getvalue()


schemathesis.openapi.media_type(
    "application/pdf",
    st.one_of(
        st.text(st.characters(codec="latin-1"), max_size=60).map(document),
        # What only calls itself one.
        st.binary(max_size=200).map(lambda content: b"%PDF-1.7\n" + content),
        st.binary(max_size=200),
    ),
)
