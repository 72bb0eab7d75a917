from odoo import models


class PomPaylink(models.Model):
    """Whole sentences of the page, which each language builds in its own order."""

    _inherit = "pom.paylink"

    def _words_on_its_day(self, day):
        """
        :param str day: as the page writes days
        """
        return self.env._("On %s, automatically", day)

    def _words_running(self, consent):
        means = consent._means_in_words()
        if consent.state == "paused":
            return self.env._("Nothing is charged to your %s at the moment.", means)
        if consent.kind == "every":
            return self.env._(
                "Your invoices are charged automatically to your %s.", means
            )
        return self.env._("This invoice is charged automatically to your %s.", means)

    def _words_days(self, first, last):
        return self.env._("From %(first)s to %(last)s", first=first, last=last)

    def _words_agree(self, way, amount=""):
        """
        :param str way: name of the way to pay
        :param str amount: that is paid at once; '' for none
        """
        if not amount:
            return self.env._("Agree with %s", way)
        return self.env._(
            "Pay %(amount)s with %(way)s, and agree", amount=amount, way=way
        )
