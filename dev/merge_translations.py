"""Merges each addon's exported terms into its .po files; see dev/i18n.

A term that moved to another addon keeps its words: what an addon's own file doesn't
know is looked for in the others'. French gets its no-break spaces.
"""

import re
from pathlib import Path

import polib
from addons import ROOT, addons, manifest

PLURAL_FORMS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "de": "nplurals=2; plural=(n != 1);",
}

#: Blanks at which no line of French may break: before high signs, inside quotes.
BLANKS = re.compile(r"(?<=\S) (?=[:;?!»](?![\w%]))|(?<=«) (?=\S)")


def typeset(language: str, text: str) -> str:
    return BLANKS.sub("\u00a0", text) if language == "fr" else text


def known(language: str) -> dict[str, str]:
    """The words of all addons, by term."""
    files = (ROOT / name / "i18n" / f"{language}.po" for name in addons())
    return {
        entry.msgid: entry.msgstr
        for path in files
        if path.exists()
        for entry in polib.pofile(str(path)).translated_entries()
    }


def summarise(template: polib.POFile, addon: str):
    """What the page in Apps says of an addon: Odoo exports it as a term of base."""
    said = polib.POEntry(
        msgid=manifest(addon)["summary"],
        comment=f"module: {addon}",
        occurrences=[(f"model:ir.module.module,summary:base.module_{addon}", "")],
    )
    if not template.find(said.msgid):
        later = (at for at, entry in enumerate(template) if entry.msgid > said.msgid)
        template.insert(next(later, len(template)), said)
        template.save()


def merge(addon: Path, words: dict[str, dict[str, str]]):
    template = polib.pofile(str(addon / "i18n" / f"{addon.name}.pot"))
    summarise(template, addon.name)
    for language, plural_forms in PLURAL_FORMS.items():
        path = addon / "i18n" / f"{language}.po"
        translations = polib.pofile(str(path)) if path.exists() else polib.POFile()
        own = {entry.msgid: entry.msgstr for entry in translations.translated_entries()}
        for entry in template:
            found = own.get(entry.msgid) or words[language].get(entry.msgid, "")
            entry.msgstr = typeset(language, found)
        translations.metadata = {
            **template.metadata,
            "Language": language,
            "Plural-Forms": plural_forms,
        }
        translations.clear()
        translations.extend(template)
        translations.header = template.header
        translations.save(str(path))
        waiting = len(translations.untranslated_entries())
        print(f"{path.relative_to(ROOT)}: {len(translations)} terms, {waiting} wait")


# Before any file is written: a term may be gone from where it was.
everything = {language: known(language) for language in PLURAL_FORMS}
for name in addons():
    merge(ROOT / name, everything)
