"""QR codes as vectors (paper, page) and as pixels (mail).

Error correction M and a quiet zone of four modules, as ISO/IEC 18004 and EPC069-12 ask
for; no logo inside. Every dark module is drawn as part of a horizontal run, so that no
hairline shows between neighbours at low resolutions.
"""

import base64
import functools
import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4
#: Shorter runs of digits or capitals aren't worth a segment of their own.
SEGMENT = 12


def matrix(text: str) -> list[list[bool]]:
    """Modules with their quiet zone; True is dark."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text, optimize=SEGMENT)
    code.make(fit=True)
    return code.get_matrix()


@functools.lru_cache(maxsize=512)
def svg(text: str) -> bytes:
    """
    >>> svg("https://example.com").startswith(b"<svg ")
    True
    """
    modules = matrix(text)
    size = len(modules)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for x, length in runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="{size * 8}" height="{size * 8}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    ).encode()


def runs(row: list[bool]) -> list[tuple[int, int]]:
    """(start, length) of the dark runs of a row.

    >>> runs([True, False, True, True])
    [(0, 1), (2, 2)]
    """
    found: list[tuple[int, int]] = []
    start = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found


def png(text: str, module: int = 8) -> bytes:
    """
    :param module: width of a module in pixels.

    >>> png("https://example.com")[1:4]
    b'PNG'
    """
    code = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, box_size=module
    )
    code.add_data(text, optimize=SEGMENT)
    code.make(fit=True)
    output = io.BytesIO()
    code.make_image().save(output, "PNG")
    return output.getvalue()


def data_uri(image: bytes) -> str:
    """Address that holds the image itself.

    >>> data_uri(b"<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    kind = "svg+xml" if image.startswith(b"<svg") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"
