"""What of others is run, in parts that take some minutes each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """
    :param silent: ``model.method`` of ours that says nothing there: what is meant to
        differ by it hides nothing else
    :param tests: what ``odoo --test-tags`` chooses
    :param without: database without our addons, as ``dev/database`` calls it
    :param ours: the same with them
    """

    name: str
    tests: tuple[str, ...]
    without: str = "core"
    ours: str = "core_ours"
    silent: str = ""

    @property
    def selection(self) -> str:
        return ",".join(self.tests)

    def database(self, with_us: bool) -> str:
        return self.ours if with_us else self.without


#: Tests of payments and imports: on what dev/database has anyhow.
FAST = Part(
    "fast",
    (
        "/payment", "/payment_custom", "/payment_demo", "/payment_stripe",
        "/payment_mollie", "/account_payment", "/account_statement_base",
        "/account_statement_import_base", "/account_statement_import_file",
        "/account_reconcile_oca:TestReconciliationWidget.test_reconcile_rule_on_create",
    ),
    "base", "new",
)  # fmt: skip


def _account(name, *files):
    """Of core's accounting what has to do with asking and paying."""
    return Part(name, tuple(f"/account/tests/test_{file}.py" for file in files))


#: The same beside what else of Odoo there is, and what this is for.
ALL = {
    part.name: part
    for part in (
        Part("payment", FAST.tests[:6]),
        Part("oca", (*FAST.tests[6:9], "/account_reconcile_oca")),
        Part("portal", ("/portal", "/sms")),
        _account(
            "sending", "account_move_send", "portal_attachment", "portal_invoice",
            "download_docs", "account_merge_wizard", "account_partner",
            "res_partner_merge", "structured_reference",
        ),
        _account(
            "payments", "account_payment", "account_payment_items",
            "account_payment_method_line", "account_payment_register",
            "account_payment_duplicate", "account_move_payments_widget",
            "account_bank_statement", "account_journal_dashboard",
            "early_payment_discount", "payment_term",
        ),
        _account("reconciling", "account_move_reconcile"),
        _account("invoices", "account_move_out_invoice"),
        Part("ubl", ("/account_edi_ubl_cii", "/account_peppol")),
        Part(
            "ubl_without_link",
            ("/account_edi_ubl_cii:TestUblExportBis3BE",),
            silent="account.move._pom_einvoice_url",
        ),
        Part("sale", ("/sale",)),
        Part("website_sale", ("/website_sale",)),
        Part(
            "point_of_sale",
            (
                "/point_of_sale",
                "-/point_of_sale:TestUi", "-/point_of_sale:MobileTestUi",
            ),
        ),
        # More than a hundred tours each.
        Part("pos_screens", ("/point_of_sale:TestUi",)),
        Part("pos_phone", ("/point_of_sale:MobileTestUi",)),
    )
}  # fmt: skip
