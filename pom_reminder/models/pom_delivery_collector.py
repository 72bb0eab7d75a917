from odoo import models
from odoo.exceptions import UserError

from ..tools import dossier


class PomDelivery(models.Model):
    """The last step: whoever collects from here on gets a file with all there is."""

    _inherit = "pom.delivery"

    def _send_collector(self):
        self._by_hand()

    def _do_collector(self):
        return self.action_hand_over()

    def action_hand_over(self):
        """One file with the debts, what was said about them, and the documents. From
        now on nobody of these is reminded by us.
        """
        self.check_access("write")
        cases = self.filtered(lambda delivery: delivery.channel == "collector")
        if not cases:
            raise UserError(self.env._("None of these is to be handed over."))
        going = cases.sudo()._drop_overtaken()
        if not going:
            return cases._notify_overtaken()
        going._note_sent()
        for company, deliveries in going.grouped("company_id").items():
            deliveries.move_ids.pom_handed_over = company._pom_today()
        files = going._dossier()
        return self.env["pom.download"]._fetch(self.env._("hand-over.zip"), files)

    def _dossier(self):
        moves = self.move_ids.sorted(lambda m: (m.partner_id.name or "", m.name))
        return dossier.archive(
            {
                "debts.csv": self._debts_csv(moves),
                "messages.csv": self._messages_csv(moves),
                **self._documents(moves),
            }
        )

    def _debts_csv(self, moves):
        columns = self._debt_columns()
        rows = [[value(move) for value in columns.values()] for move in moves]
        return dossier.as_csv(list(columns), rows)

    def _debt_columns(self):
        """What is told of each debt, by the head of its column. Hook.

        :rtype: dict[str, Callable]
        """
        env = self.env
        return {
            env._("Customer number"): lambda m: m.partner_id.ref or m.partner_id.id,
            env._("Customer"): lambda m: m.commercial_partner_id.name,
            env._("Type"): lambda m: (
                env._("company")
                if m.commercial_partner_id.is_company
                else env._("consumer")
            ),
            env._("VAT"): lambda m: m.commercial_partner_id.vat,
            env._("Contact"): lambda m: m.partner_id.name,
            env._("Street"): lambda m: m.partner_id.street,
            env._("Street (2)"): lambda m: m.partner_id.street2,
            env._("Postcode"): lambda m: m.partner_id.zip,
            env._("City"): lambda m: m.partner_id.city,
            env._("Country"): lambda m: m.partner_id.country_id.code,
            env._("E-mail"): lambda m: m.partner_id.email,
            env._("Phone"): lambda m: m.partner_id.phone,
            env._("Language"): lambda m: m.partner_id.lang,
            env._("Invoice"): lambda m: m.name,
            env._("Invoice date"): lambda m: m.invoice_date,
            env._("Due date"): lambda m: m.pom_standing.day,
            env._("Days overdue"): lambda m: m.pom_days_overdue,
            env._("Communication"): lambda m: m.payment_reference,
            env._("For"): lambda m: m._pom_description(),
            env._("Currency"): lambda m: m.currency_id.name,
            env._("Total"): lambda m: self._cents(m, m.amount_total),
            env._("Open"): lambda m: self._cents(m, m.pom_standing.left),
            env._("Disputed"): lambda m: self._cents(m, m.pom_disputed_amount),
            env._("Last level"): lambda m: m.pom_level_id.name,
        }

    def _messages_csv(self, moves):
        env = self.env
        columns = {
            env._("Invoices"): lambda d: ", ".join(d.move_ids.mapped("name")),
            env._("Customer"): lambda d: d.partner_id.name,
            env._("Sent"): lambda d: d.sent_date,
            env._("Channel"): lambda d: d._label("channel"),
            env._("Address"): lambda d: (d.address or "").replace("\n", ", "),
            env._("Level"): lambda d: d.level_id.name,
            env._("Subject"): lambda d: d.subject,
            env._("Text"): lambda d: d.text,
            env._("Statutory information"): lambda d: d.legal,
            env._("Amount Requested"): lambda d: self._cents(d, d.amount),
            env._("Costs"): lambda d: self._cents(d, d.fee),
            env._("Interest"): lambda d: self._cents(d, d.interest),
            env._("Compensation"): lambda d: self._cents(d, d.penalty),
            env._("State"): lambda d: d._label("state"),
            env._("Seen"): lambda d: d.seen_date,
        }
        said = moves.pom_delivery_ids.sorted("id")
        return dossier.as_csv(
            list(columns), [[value(d) for value in columns.values()] for d in said]
        )

    def _label(self, name):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _cents(self, record, amount):
        """A number that a spreadsheet reads in the user's country."""
        plain = f"{amount:.{record.currency_id.decimal_places}f}"
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return plain.replace(".", lang.decimal_point or ".")

    def _documents(self, moves):
        """Invoices and letters that were made, by name."""
        letters = moves.pom_delivery_ids.filtered("attachment_id")
        return {
            **{
                f"invoices/{dossier.file_name(move.name)}.pdf": pdf.raw
                for move in moves
                if (pdf := move.invoice_pdf_report_id)
            },
            **{
                f"letters/{letter.id}-{name}.pdf": letter.attachment_id.raw
                for letter in letters
                for name in [dossier.file_name(letter.subject or "")]
            },
        }
