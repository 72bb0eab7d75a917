import io
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export, xml_translate

from dev.addons import ROOT, addons, manifest

ADDONS = addons()
LANGUAGES = ("nl", "fr", "de")
#: What must stand in a translation as it stands in the source.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%s|\{\w*\}")
#: What a template shows within a sentence.
VALUE = re.compile(r't-out="[^"]*"')
#: Words that say something else than is meant, or that Odoo has another one for; a day
#: that is the last said as if it were too late; in French, a blank before a sign at
#: which the line may break, and another apostrophe than everywhere else.
AVOIDED = {
    "nl": r"\b[Gg]elieve\b|ten laatste|\bgekend\b|uittreksel|\b[Bb]etaaldienst\b|"
    r"\bintrest|juist bedrag|(betalen|antwoord) (voor|tegen) (%|\{due|<t)|"
    r"Bedankt om |link is vervallen|"
    r"herinneringsbeleid|afbetalingsplan|\b[Uu]itzicht\b|\b[Vv]erwittigd\b",
    "fr": r"ne devez pas payer|ne doit pas être payé|[Pp]restataire(?! de services)|"
    r"\w [:;?!»](?![\w%])|« |"
    r"posé une demande|comme reçus|Caractères|(payer|réponse) (avant|pour) le [%{<]|’",
    "de": r"Mahnverfahren|Vorankündigung|\bZahlungsdienst(es)?\b|\b[Aa]bgleich|"
    r"Ratenbegrenzung|Zahlungsziel|Das Mindeste ist|Grüßen,|Mahnregel|Ratenplan|"
    # After a comma a sentence goes on.
    r"Guten Tag [^\n]*,(</p>)?\s+(<p[^>]*>)?\s*(?!Ihre? |Sie )[A-ZÄÖÜ]",
}


@tagged("standard", "post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Whatever a person reads is there in every language that is shipped; ``dev/i18n``
    brings the files up to date.
    """

    def test_every_term_is_in_the_files(self):
        for addon in ADDONS:
            known = {entry.msgid for entry in self._file(addon, addon + ".pot")}
            terms = {entry.msgid for entry in self._terms(addon)}
            terms.add(manifest(addon)["summary"])
            self.assertEqual(terms - known, set(), addon)

    def test_pictures_are_no_terms(self):
        """A sign that stands for a state is the same everywhere."""
        for addon in ADDONS:
            for entry in self._file(addon, addon + ".pot"):
                said = re.sub(r"<(?![^>]* title=)[^>]*>", "", entry.msgid)
                self.assertRegex(said, r"\w", f"{addon}: {entry.msgid}")

    def test_every_term_of_a_view_is_translated_there(self):
        """One that moved from a form to a list is English again."""
        for addon in ADDONS:
            places = self._places(self._terms(addon))
            for language in LANGUAGES:
                known = self._places(self._file(addon, f"{language}.po"))
                self.assertEqual(places - known, set(), f"{addon}, {language}")

    def test_every_term_is_translated(self):
        for addon, language in self._files():
            file = self._file(addon, f"{language}.po")
            waiting = [entry.msgid for entry in file.untranslated_entries()]
            self.assertEqual(waiting, [], f"{addon}, {language}")
            terms = {entry.msgid for entry in self._file(addon, addon + ".pot")}
            self.assertEqual({entry.msgid for entry in file}, terms)

    def test_a_sentence_around_values_is_shown(self):
        """Odoo passes over one whose first word is a value; none of them gets lost."""
        found = 0
        for addon, language in self._files():
            for entry in self._file(addon, f"{language}.po"):
                if "o_translate_inline" not in entry.msgid:
                    continue
                words = {entry.msgid: entry.msgstr}
                shown = xml_translate(words.get, f"<t>{entry.msgid}</t>")
                self.assertEqual(shown, f"<t>{entry.msgstr}</t>", language)
                told = (sorted(VALUE.findall(text)) for text in (*words, shown))
                self.assertEqual(*told, language)
                found += 1
        self.assertGreater(found, 0)

    def test_apps_says_what_each_is_for(self):
        """Once it's there, in the language of whoever looks."""
        modules = self.env["ir.module.module"].search(
            [("name", "in", ADDONS), ("state", "=", "installed")]
        )
        self.assertGreater(len(modules), 10)
        for module in modules:
            said = manifest(module.name)["summary"]
            self.assertEqual(module.with_context(lang="en_US").summary, said)
            for language, code in (("nl", "nl_BE"), ("fr", "fr_BE"), ("de", "de_DE")):
                entry = self._file(module.name, f"{language}.po").find(said)
                shown = module.with_context(lang=code).summary
                self.assertEqual(shown, entry.msgstr, module.name)

    def test_every_choice_is_a_term(self):
        """Odoo exports those only that an addon's definition of the field is known to
        have made.
        """
        choices = self.env["ir.model.fields.selection"].search(
            [
                "|",
                ("field_id.model", "=like", "pom.%"),
                ("field_id.name", "=like", "pom%"),
            ]
        )
        names = choices.get_external_id()
        nobodys = [
            f"{one.field_id.model}.{one.field_id.name}: {one.value}"
            for one in choices
            if not names[one.id]
        ]
        self.assertEqual(nobodys, [])

    def test_placeholders_are_kept(self):
        for addon, language in self._files():
            for entry in self._file(addon, f"{language}.po"):
                self.assertEqual(
                    sorted(PLACEHOLDER.findall(entry.msgstr)),
                    sorted(PLACEHOLDER.findall(entry.msgid)),
                    f"{addon}, {language}: {entry.msgid}",
                )

    def test_words_that_mislead_are_avoided(self):
        for addon, language in self._files():
            found = [
                entry.msgstr
                for entry in self._file(addon, f"{language}.po")
                if re.search(AVOIDED[language], entry.msgstr)
            ]
            self.assertEqual(found, [], f"{addon}, {language}")

    def _files(self):
        return [(addon, language) for addon in ADDONS for language in LANGUAGES]

    def _file(self, addon, name):
        return polib.pofile(str(ROOT / addon / "i18n" / name))

    def _terms(self, addon):
        exported = io.BytesIO()
        trans_export(None, [addon], exported, "po", self.env)
        return polib.pofile(exported.getvalue().decode())

    def _places(self, file):
        """Which view or record says what."""
        return {
            (entry.msgid, place)
            for entry in file
            for place, _line in entry.occurrences
            if place.startswith("model")
        }
