"""The guard of ``make lint``: what a lower addon may not say, in addons made for it."""

import pytest

from dev.borders import main

HIGHER = """
class Stamp(models.Model):
    _name = "pom.stamp"
    word = fields.Char()

class Move(models.Model):
    _inherit = "account.move"
    pom_stamp = fields.Char()
    upper_shade = fields.Char()
    code = fields.Selection(selection_add=[("x", "X")])

    def _pom_stamp_it(self):
        return 1

    def _pom_hook(self):
        return super()._pom_hook()

class Link(models.Model):
    _inherit = "pom.link"

    def _stamped(self):
        return 1
"""
LOWER = '''
"""Higher up there are pom.stamp and _pom_stamp_it: a comment may say so."""

class Link(models.Model):
    _name = "pom.link"
    word = fields.Char()

    def _pom_hook(self):
        """pom_upper extends it, see pom.stamp."""
        return self.word, self.code
'''


@pytest.fixture
def house(tmp_path):
    def write(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    write("pom_lower/__manifest__.py", '{"depends": ["account"]}')
    write("pom_middle/__manifest__.py", '{"depends": ["pom_lower"]}')
    write("pom_upper/__manifest__.py", '{"depends": ["pom_middle"]}')
    write("pom_beside/__manifest__.py", '{"depends": ["pom_lower"]}')
    write("pom_lower/models/link.py", LOWER)
    write("pom_upper/models/stamp.py", HIGHER)
    write("pom_upper/models/use.py", 'x = env["pom.link"]._pom_hook().pom_stamp')
    return lambda path, text: write(path, text) or main(tmp_path)


@pytest.mark.parametrize("addon", ["pom_lower", "pom_middle", "pom_beside"])
@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("models/x.py", '\n\nself.env["pom.stamp"]', "pom.stamp"),
        ("models/x.py", "\n\nmove._pom_stamp_it()", "_pom_stamp_it"),
        ("models/x.py", "\n\nlink._stamped()", "_stamped"),
        ("models/x.py", '\n\n[("line_ids.pom_stamp", "=", 1)]', "pom_stamp"),
        ("models/x.py", "\n\nmove.write(dict(upper_shade=1))", "upper_shade"),
        ("models/x.py", "\n\nenv.ref('pom_upper.x')", "pom_upper"),
        ("models/x.py", "\n\nimport odoo.addons.pom_upper", "pom_upper"),
        ("models/x.py", "\n\nfrom odoo.addons.pom_upper.a import b", "pom_upper"),
        ("views/x.xml", "<!-- pom_upper\n -->\n<a ref='pom_upper.x'/>", "pom_upper"),
        ("views/x.xml", "\n\n<field name='pom_stamp'/>", "pom_stamp"),
        ("security/x.csv", "\n\na,model_pom_stamp", "pom_stamp"),
        ("data/x.sql", "-- pom_upper\n\nUPDATE pom_stamp", "pom_stamp"),
    ],
)
def test_whoever_points_up_is_named(house, addon, file, text, name):
    found = house(f"{addon}/{file}", text)
    assert f"{addon}/{file}:3: {name} is only known to pom_upper" in found


def test_what_is_below_may_be_named(house):
    assert house("pom_upper/models/x.py", 'env["pom.link"].word') == []


def test_who_has_the_same_name_itself_isn_t_accused(house):
    assert house("pom_lower/models/x.py", "def _stamped(): pass\n_stamped()") == []
