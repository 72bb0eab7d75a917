"""The communication of a movement that has no structure: free text, as banks write it.

What a bank writes in a way of its own is read here. The references in it are found by
:mod:`..references`, the same for all formats.
"""

from __future__ import annotations

from ..references import find_references

#: Of the communication in records 21, 22 and 23 together.
TEXT_WIDTH = 53 + 53 + 43


def read_free(draft, content: str) -> bool:
    """Read the text; return whether it fills its columns, so that it may go on in a
    record 31.
    """
    draft.text = content.strip()
    draft.references = find_references(draft.text)
    return len(content) == TEXT_WIDTH and not content[-1].isspace()


def read_rest(draft, texts: list[str]) -> None:
    """Read the text with what stands in records 31 to 33.

    A text may have gone on there: what was found in its beginning is found again.
    """
    coded = draft.references if draft.structured_type else ()
    found = [item for text in texts for item in find_references(text)]
    draft.references = tuple(dict.fromkeys((*coded, *found)))
    draft.text = "\n".join(filter(None, texts))


def drop_accounts(draft, own: str) -> None:
    """Drop what is the Belgian number of either side: it has the same check digits."""
    sides = (own, draft.counterparty_account)
    draft.references = tuple(
        [
            item
            for item in draft.references
            if not any(side.endswith(item.value) for side in sides)
        ]
    )
