from odoo import http

from odoo.addons.pom_payment.controllers.pay_common import POST, back, page


class PayPlan(http.Controller):
    """What was proposed to a debtor is agreed to on the page, or not."""

    @page("/p/<string:token>/plan/agree", **POST)
    def agree(self, link, seen="", **kwargs):
        plan = _seen_plan(link, seen)
        if not plan:
            # It was changed or decided on meanwhile: the page shows how it is.
            return back(link)
        plan._agree_as_debtor()
        return back(link, done="plan")

    @page("/p/<string:token>/plan/decline", **POST)
    def decline(self, link, seen="", **kwargs):
        plan = _seen_plan(link, seen)
        if plan:
            plan._decline_as_debtor()
        return back(link)


def _seen_plan(link, seen):
    """The plan that was shown, under the lock of whoever else decides on it."""
    link._lock()
    plans = link._plans_offered()
    return plans.filtered(lambda plan: plan._mark() == seen)[:1]
