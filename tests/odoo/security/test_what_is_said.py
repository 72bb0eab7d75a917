"""SECURITY.md says what is stored, where and how long: no more than is true."""

import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from tests.odoo.security import sweep

ROOT = Path(__file__).resolve().parents[3]
SAID = (ROOT / "SECURITY.md").read_text()
#: By setting, what is kept so long.
KEPT = {
    "pom_keep_days": ("pom.delivery", "pom.payer.request", "pom.webhook.event"),
    "pom_keep_raw_days": (
        "pom.outbound.event",
        "pom.drawn.document",
        "pom.statement.import",
    ),
}


@tagged("standard", "post_install", "-at_install")
class TestWhatIsSaid(TransactionCase):
    def _row(self, model):
        """What the table says of a model."""
        rows = [line for line in SAID.splitlines() if line.startswith("|")]
        return "\n".join(row for row in rows if f"`{model}`" in row)

    def test_every_model_that_keeps_something_is_named(self):
        stored = [
            name
            for name in sweep.our_models(self.env)
            if self.env[name]._auto and not self.env[name]._transient
        ]
        self.assertGreater(len(stored), 15)
        self.assertEqual([name for name in stored if not self._row(name)], [])

    def test_no_model_is_named_that_is_gone(self):
        named = set(re.findall(r"`(pom\.[\w.]+)`", SAID))
        self.assertLessEqual(named, set(self.env.registry))

    def test_the_days_are_the_settings(self):
        names = [*KEPT, "pom_show_days"]
        company = self.env["res.company"].default_get(names)
        for setting, models in KEPT.items():
            for model in models:
                self.assertIn(f"{company[setting]} days", self._row(model), model)
        shown = {60: "Sixty"}[company["pom_show_days"]]
        self.assertIn(f"{shown} days after payment or expiry (a setting)", SAID)

    def test_the_readme_keeps_tokens_out_of_logs(self):
        readme = (ROOT / "README.md").read_text()
        self.assertRegex(readme, r"(?s)/p/.*log_format")
