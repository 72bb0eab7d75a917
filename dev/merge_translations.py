"""Merges each addon's exported terms into its .po files; see dev/i18n."""

from pathlib import Path

import polib

LANGUAGES = ("nl", "fr", "de")
ROOT = Path(__file__).resolve().parents[1]


def merge(addon: Path):
    template = polib.pofile(str(addon / "i18n" / f"{addon.name}.pot"))
    for language in LANGUAGES:
        path = addon / "i18n" / f"{language}.po"
        translations = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {entry.msgid: entry.msgstr for entry in translations if entry.msgstr}
        for entry in template:
            entry.msgstr = known.get(entry.msgid, "")
        translations.metadata = {**template.metadata, "Language": language}
        translations.clear()
        translations.extend(template)
        translations.header = template.header
        translations.save(str(path))
        waiting = len(translations.untranslated_entries())
        print(f"{path.relative_to(ROOT)}: {len(translations)} terms, {waiting} wait")
    for entry in template:
        entry.msgstr = ""


for found in sorted(ROOT.glob("pom_*/i18n/*.pot")):
    merge(found.parent.parent)
