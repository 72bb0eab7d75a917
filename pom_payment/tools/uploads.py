"""Files that a stranger sends: only what a person can look at, told by its content."""

from typing import NamedTuple

MAX_FILES = 3
MAX_BYTES = 5 * 1024 * 1024
#: First bytes, where they begin, and what they mean. Nothing here runs scripts.
SIGNATURES = (
    (b"%PDF-", 0, "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", ".png"),
    (b"\xff\xd8\xff", 0, "image/jpeg", ".jpg"),
    (b"WEBP", 8, "image/webp", ".webp"),
    (b"ftypheic", 4, "image/heic", ".heic"),
)


class Upload(NamedTuple):
    name: str
    mimetype: str
    content: bytes


def check(files: list[tuple[str, bytes]]) -> tuple[list[Upload], str]:
    """
    :param files: (name, content) as sent; a field left empty sends an empty one
    :return: the files, and '' or what is wrong: 'many', 'large' or 'kind'

    >>> check([("proof.exe", b"%PDF-1.4")])
    ([Upload(name='proof.pdf', mimetype='application/pdf', content=b'%PDF-1.4')], '')
    >>> check([("page.pdf", b"<html>")])
    ([], 'kind')
    >>> check([("", b"")])
    ([], '')
    """
    sent = [(name, content) for name, content in files if content]
    if len(sent) > MAX_FILES:
        return [], "many"
    if any(len(content) > MAX_BYTES for _name, content in sent):
        return [], "large"
    uploads = [recognize(name, content) for name, content in sent]
    if None in uploads:
        return [], "kind"
    return [upload for upload in uploads if upload], ""


def recognize(name: str, content: bytes) -> Upload | None:
    for signature, start, mimetype, ending in SIGNATURES:
        if content[start : start + len(signature)] == signature:
            return Upload(safe_name(name, ending), mimetype, content)
    return None


def safe_name(name: str, ending: str) -> str:
    """
    >>> safe_name("../../etc/my bill (2).PDF.exe", ".pdf")
    'my bill 2PDF.pdf'
    """
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    kept = "".join(c for c in stem if c.isalnum() or c in " _-").strip()
    return (kept[:60] or "file") + ending
