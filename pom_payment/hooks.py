def post_init_hook(env):
    # Whoever installs this wants both codes on the invoice, and links on what is open.
    template = env.ref("pom_payment.mail_template_invoice")
    env["res.company"].search([]).write(
        {"qr_code": True, "link_qr_code": True, "pom_mail_template_id": template.id}
    )
    env["pom.paylink"]._create_for_open_invoices()
