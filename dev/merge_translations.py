"""Merges each addon's exported terms into its .po files; see dev/i18n."""

from pathlib import Path

import polib

PLURAL_FORMS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "de": "nplurals=2; plural=(n != 1);",
}
ROOT = Path(__file__).resolve().parents[1]


def merge(addon: Path):
    template = polib.pofile(str(addon / "i18n" / f"{addon.name}.pot"))
    for language, plural_forms in PLURAL_FORMS.items():
        path = addon / "i18n" / f"{language}.po"
        translations = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {entry.msgid: entry.msgstr for entry in translations if entry.msgstr}
        for entry in template:
            entry.msgstr = known.get(entry.msgid, "")
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


for found in sorted(ROOT.glob("pom_*/i18n/*.pot")):
    merge(found.parent.parent)
