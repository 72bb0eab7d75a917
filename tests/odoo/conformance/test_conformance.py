"""Each situation with each provider. What README's table says of it must be true: where
it's "no", too.

``dev/provider-check CODE`` plays one provider and prints what came of it; with
``--write`` it writes the table.
"""

import json
import os
import traceback

from odoo.tests import tagged

from . import going_back, paying, people, table  # noqa: F401
from .core_rigs import DemoRig, StripeFormRig, WireRig
from .our_rigs import BancontactRig, MollieRig, StripeRig
from .situation import SITUATIONS

#: File that outcomes are written to, a line each; the table isn't looked at then.
OUT = os.environ.get("POM_CONFORMANCE_OUT")


def outcome_of(rig, situation):
    """
    :return: yes, no or –, and what went wrong
    """
    if not situation.needs <= rig.can:
        return table.NOTHING, ""
    try:
        situation.play(rig)
    except Exception:
        return table.FAILS, traceback.format_exc(limit=-4)
    return table.HOLDS, ""


def played(situation):
    def test(self):
        outcome, trace = outcome_of(self, situation)
        if OUT:
            with open(OUT, "a") as out:
                row = [table.COLUMNS[self.code], situation.title, outcome, trace]
                out.write(json.dumps(row) + "\n")
            return
        said = table.read(table.README.read_text())
        told = said.get(situation.title, {}).get(table.COLUMNS[self.code])
        self.assertEqual(
            told,
            outcome,
            f"README's table is stale: dev/provider-check --write.\n{trace}",
        )

    test.__doc__ = situation.title
    return test


def conforming(rig):
    """A class of tests, with one for each situation."""
    for name, situation in SITUATIONS.items():
        setattr(rig, f"test_{name}", played(situation))
    return tagged("standard", "post_install", "-at_install")(rig)


@conforming
class TestBancontactPro(BancontactRig):
    pass


@conforming
class TestMollie(MollieRig):
    pass


@conforming
class TestStripe(StripeRig):
    pass


@conforming
class TestDemo(DemoRig):
    pass


@conforming
class TestWireTransfer(WireRig):
    pass


@conforming
class TestStripeForm(StripeFormRig):
    pass
