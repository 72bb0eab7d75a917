"""Money that goes back to the payer, and may come again."""

from .situation import situation


@situation("Refunded: the debt is open again", "refund")
def refunded(rig):
    invoice, attempt = rig.paid()
    rig.refund(attempt, rig.amount)
    rig.assertEqual(invoice.amount_residual, rig.amount)


@situation("Refunded in part, twice: they add up", "refund")
def partly_refunded(rig):
    invoice, attempt = rig.paid()
    rig.refund(attempt, 10)
    rig.refund(attempt, 5.73)
    rig.assertEqual(invoice.amount_residual, 15.73)


@situation("Never more is given back than came in", "refund")
def refunded_too_much(rig):
    _invoice, attempt = rig.paid()
    rig.refund(attempt, 40)
    rig.refund(attempt, 10, refused=True)
    given = -sum(attempt._pom_live_refunds().mapped("amount"))
    rig.assertEqual(given, 40)


@situation("Refund clicked twice: given back once", "refund")
def refunded_by_double_click(rig):
    _invoice, attempt = rig.paid()
    rig.refund(attempt, 10)
    rig.refund(attempt, 10, refused=True)
    given = -sum(attempt._pom_live_refunds().mapped("amount"))
    rig.assertEqual(given, 10)


@situation("A refund fails days later: booked back, somebody is told", "refund_fails")
def refund_failed(rig):
    invoice, attempt = rig.paid()
    refund = rig.refund(attempt, 10)
    rig.assertEqual(invoice.amount_residual, 10)
    rig.psp.end_refund(attempt.provider_reference, "failed")
    rig.deliver()
    rig.assertFalse(invoice.amount_residual)
    rig.assertFalse(refund in attempt._pom_live_refunds())
    rig.assertTrue(invoice.with_context(active_test=False).activity_ids)


@situation("Refunded on the provider's own site: the debt is open again", "elsewhere")
def refunded_elsewhere(rig):
    invoice, attempt = rig.paid()
    rig.refund_elsewhere(attempt, 573)
    rig.deliver()
    rig.assertEqual(invoice.amount_residual, 5.73)


@situation("Taken back by the payer's bank: open again, somebody is told", "chargeback")
def charged_back(rig):
    invoice, attempt = rig.paid()
    rig.psp.charge_back(attempt.provider_reference)
    rig.deliver()
    rig.assertEqual(invoice.amount_residual, rig.amount)
    rig.assertTrue(invoice.with_context(active_test=False).activity_ids)


@situation("…and won: paid again, and nobody is bothered any more", "chargeback")
def won(rig):
    invoice, attempt = rig.paid()
    rig.psp.charge_back(attempt.provider_reference)
    rig.deliver()
    rig.psp.win(attempt.provider_reference)
    rig.deliver()
    rig.assertEqual(invoice.payment_state, "paid")
    rig.assertFalse(invoice.with_context(active_test=False).activity_ids)


@situation("One of two chargebacks is won: the other one stays", "chargeback")
def one_of_two(rig):
    invoice, attempt = rig.paid()
    for amount in (1000, 2000):
        rig.psp.charge_back(attempt.provider_reference, amount)
    rig.psp.win(attempt.provider_reference, 0)
    rig.deliver()
    rig.assertEqual(invoice.amount_residual, 20)


@situation("What each payout consists of is told", "payouts")
def payouts(rig):
    _invoice, attempt = rig.paid()
    made = rig.settle()
    found = rig.told_payouts()
    rig.assertIn(made, [payout.number for payout in found])
    [payout] = [one for one in found if one.number == made]
    entries = rig.provider._pom_payout_entries(payout)
    rig.assertIn(attempt.provider_reference, [entry.reference for entry in entries])
    rig.assertTrue(payout.consists_of(entries))
