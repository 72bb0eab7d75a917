"""What payers agree to, and what the creditor does meanwhile."""

from .situation import situation


@situation("The payer may be somebody without a login", "public")
def public_payer(rig):
    invoice = rig.invoice()
    rig.pay_as_the_public(invoice)
    rig.assertTrue(invoice.transaction_ids)
    rig.assertNotEqual(invoice.transaction_ids.state, "error")


@situation("Agreed to be charged later on: charged with one tap", "token")
def one_tap(rig):
    token = rig.agreed()
    invoice, attempt = rig.charge(token)
    if attempt.state == "pending":
        rig.pay(attempt)
    rig.assert_paid(invoice)


@situation("Agreement taken back: nothing is charged, the provider knows", "token")
def taken_back(rig):
    token = rig.agreed()
    invoice, attempt = rig.charge(token, taken_back=True)
    rig.assertEqual(attempt.state, "error")
    rig.assert_open(invoice)
    rig.assertFalse(rig.is_kept(token))


@situation("Key replaced while somebody pays: said, and nothing is lost", "key")
def key_replaced(rig):
    invoice, attempt = rig.begun()
    right = rig.replace_key("wrong")
    rig.pay(attempt)
    rig.assert_open(invoice)
    rig.assertFalse(attempt.state == "cancel")
    rig.replace_key(right)
    rig.sweep(attempt)
    rig.assert_paid(invoice)


@situation("Switched off while somebody pays: booked when it's on again", "key")
def switched_off(rig):
    invoice, attempt = rig.begun()
    rig.provider.state = "disabled"
    rig.pay(attempt)
    rig.assertFalse(attempt.state == "cancel")
    rig.provider.state = rig.state
    rig.sweep(attempt)
    rig.assert_paid(invoice)


@situation("Invoice reset to draft while somebody pays: no money is lost", "online")
def reset_to_draft(rig):
    invoice, attempt = rig.begun()
    invoice.button_draft()
    rig.pay(attempt)
    rig.assert_kept(attempt)


@situation("…and what is being edited isn't posted by the payment", "online")
def draft_stays_draft(rig):
    invoice, attempt = rig.begun()
    invoice.button_draft()
    rig.pay(attempt)
    rig.assertEqual(invoice.state, "draft")


@situation("Invoice cancelled while somebody pays: no money is lost", "online")
def invoice_cancelled(rig):
    invoice, attempt = rig.begun()
    invoice.button_cancel()
    rig.pay(attempt)
    rig.assert_kept(attempt)
    rig.assertEqual(invoice.state, "cancel")


@situation("Invoice deleted while somebody pays: no money is lost", "tabs")
def invoice_deleted(rig):
    invoice, attempt = rig.begun()
    invoice.button_draft()
    invoice.with_context(force_delete=True).unlink()
    rig.pay(attempt)
    rig.assert_kept(attempt)


@situation("Debtor merged with another while somebody pays", "pay")
def merged(rig):
    invoice, attempt = rig.begun()
    other = rig.merge(invoice.partner_id)
    rig.pay(attempt)
    rig.assert_paid(invoice)
    rig.assertEqual(invoice.partner_id, other)
