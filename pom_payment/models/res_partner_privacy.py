from odoo import models

from .pom_payer_request import CLOSED

#: What an export says of each record, by what it's called there.
EXPORTED = {
    "payment_links": (
        "pom.paylink",
        ("display_name", "url", "state", "valid_until", "views", "last_seen"),
    ),
    "requests": (
        "pom.payer.request",
        (
            "create_date",
            "display_name",
            "state",
            "text",
            "email",
            "reason",
            "paid_on",
            "new_email",
            "new_phone",
            "new_street",
            "new_zip",
            "new_city",
            "new_lang",
            "new_channel",
        ),
    ),
    "consents": ("pom.consent", ("date", "channel", "given", "wording")),
    "provider_events": (
        "pom.webhook.event",
        ("create_date", "provider_reference", "state", "body_text"),
    ),
}


class ResPartner(models.Model):
    """What we know of a person beside the books: given out, and erased, on request."""

    _inherit = "res.partner"

    def _pom_export(self):
        """All that is kept of these contacts beside what the books say.

        :return: rows by kind, ready for JSON
        """
        found = self._pom_personal()
        return {
            kind: found[kind].read(names, load=None)
            for kind, (_model, names) in self._pom_exported().items()
        }

    def _pom_exported(self):
        """(model, names of its fields) by kind. Hook."""
        return dict(EXPORTED)

    def _pom_personal(self):
        """The records that are about these contacts, by kind. Hook.

        :rtype: dict[str, models.Model]
        """
        who, env = [("partner_id", "in", self.ids)], self.env
        return {
            "payment_links": env["pom.paylink"].search(who),
            "requests": env["pom.payer.request"].search(who),
            "consents": env["pom.consent"].search(who),
            "provider_events": env["pom.webhook.event"].search(
                [("transaction_id.partner_id", "in", self.ids)]
            ),
        }

    def _pom_erase(self):
        """Erase what isn't needed any more for what is open, nor kept by law: invoices
        and payments stay. Hook: an addon erases what it keeps.
        """
        found = self._pom_personal()
        found["requests"].filtered(lambda one: one.state in CLOSED).unlink()
        found["consents"].filtered(lambda one: not one.request_id).unlink()
        events = found["provider_events"].filtered(lambda one: one.state != "new")
        events.write({"body": False, "headers": False})
        self.env["payment.token"].search(
            [("partner_id", "in", self.ids)]
        ).active = False
        links = found["payment_links"]
        self.env["pom.drawn.document"].search(
            [("paylink_id", "in", links.ids)]
        ).unlink()
        over = links.filtered(
            lambda link: link.state in ("paid", "credit", "withdrawn")
        )
        over.write({"withdrawn": True, "views": 0, "last_seen": False})
        over.filtered("debtor_id").unlink()

    def _pom_kept(self):
        """What is left after erasing, and why: sentences for who asked. Hook."""
        found = self._pom_personal()
        waiting = found["requests"].filtered(lambda one: one.state not in CLOSED)
        sentences = [
            self.env._("Invoices and payments, as bookkeeping law wants it."),
        ]
        if len(waiting) == 1:
            sentences.append(self.env._("1 request that waits for an answer."))
        elif waiting:
            sentences.append(
                self.env._("%s requests that wait for an answer.", len(waiting))
            )
        return sentences
