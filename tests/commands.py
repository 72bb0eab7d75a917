"""Reads what README and the documentation tell somebody to type."""

import re
import textwrap

from dev.addons import ROOT
from tests.docs import PAGES

#: Languages of a block that is typed; those of others are read.
TYPED = ("", "sh")
BLOCK = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
#: Within a sentence: settings, a target of make or a script of dev/, and the rest.
INLINE = re.compile(r"`((?:[A-Z_]+=\S+\s+)*(?:make\s|dev/[\w-]+(?![\w.-]))[^`]*)`")
#: With what such a line begins.
PROGRAMS = ("cp", "curl", "docker", "make", "odoo", "pip")


def commands():
    """
    :return: (file, command) of each, without its remark; one that goes on in the next
        line is one
    """
    return [
        (path.relative_to(ROOT).as_posix(), command)
        for path in (ROOT / "README.md", *PAGES)
        for indent, language, block in BLOCK.findall(path.read_text())
        if language in TYPED
        for command in split(textwrap.dedent(block))
        if command.split()[0] in PROGRAMS
    ]


def split(block):
    """Lines, joined where a quote is open or a backslash says so."""
    command = ""
    for line in block.strip().splitlines():
        command += line
        if line.endswith("\\") or command.count("'") % 2:
            command += "\n"
        else:
            yield re.sub(r"\s+# .*$", "", command)
            command = ""


def commands_of(page):
    """Those of one file."""
    return [command for path, command in commands() if path == page]


def mentioned():
    """
    :return: (file, command) of each that is set in type within a sentence, and is of
        this repository
    """
    papers = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"))
    return [
        (path.relative_to(ROOT).as_posix(), " ".join(words.split()))
        for path in (*papers, *PAGES)
        for words in INLINE.findall(BLOCK.sub("", path.read_text()))
    ]
