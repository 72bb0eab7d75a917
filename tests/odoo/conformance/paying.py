"""From the first click to the money."""

from .situation import situation


@situation("Paid: booked once and in full, and the page says so", "pay")
def paid(rig):
    invoice, attempt = rig.begun()
    rig.pay(attempt)
    rig.assert_paid(invoice)


@situation("News comes twice: booked once", "pay", "news")
def told_twice(rig):
    invoice, attempt = rig.begun()
    rig.pay(attempt)
    rig.tell_again(attempt)
    rig.assert_paid(invoice)


@situation("News comes out of order: what came in stays", "pay", "hint")
def out_of_order(rig):
    invoice, attempt = rig.begun()
    early = rig.hint(attempt)
    rig.pay(attempt)
    rig.deliver(*early)
    rig.assert_paid(invoice)


@situation("News is lost: found by asking", "pay", "news")
def lost_news(rig):
    invoice, attempt = rig.begun()
    rig.drop_news()
    rig.pay(attempt)
    rig.sweep(attempt)
    rig.assert_paid(invoice)


@situation("News comes before we noted the payment's number", "pay", "news")
def early_news(rig):
    invoice, attempt = rig.begun()
    number = attempt.provider_reference
    attempt.provider_reference = False
    rig.pay(attempt, number=number)
    rig.assert_paid(invoice)


@situation(
    "Server killed before it noted the payment: found again, once", "pay", "news"
)
def killed_while_beginning(rig):
    invoice, attempt = rig.begun()
    number = attempt.provider_reference
    attempt.write({"provider_reference": False, "pom_redirect_url": False})
    rig.drop_news()
    rig.pay(attempt, number=number)
    rig.sweep(attempt)
    rig.assert_paid(invoice)


@situation("Server killed between news and booking: booked afterwards", "pay", "news")
def killed_while_booking(rig):
    invoice, attempt = rig.begun()
    rig.pay(attempt, stored_only=True)
    rig.catch_up()
    rig.assert_paid(invoice)


@situation("Forged news pays nothing", "pay", "news")
def forged(rig):
    invoice, attempt = rig.begun()
    rig.forge(attempt)
    rig.assert_open(invoice)
    rig.assertNotEqual(attempt.state, "done")


@situation("Without its secret nothing is believed", "pay", "secret")
def no_secret(rig):
    invoice, attempt = rig.begun()
    rig.drop_secret()
    rig.forge(attempt)
    rig.assert_open(invoice)
    rig.assertNotEqual(attempt.state, "done")


@situation("Another amount came in: held for a person to decide", "other_amount")
def other_amount(rig):
    invoice, attempt = rig.begun()
    rig.psp.faults.inject("wrong_amount", -100, times=1)
    rig.pay(attempt)
    rig.assert_held(invoice, attempt)


@situation("Another currency came in: held", "other_currency")
def other_currency(rig):
    invoice, attempt = rig.begun()
    rig.psp.faults.inject("wrong_currency", rig.dollars, times=1)
    rig.pay(attempt)
    rig.assert_held(invoice, attempt)


@situation("A payment of another merchant pays nothing", "other_merchant")
def other_merchant(rig):
    invoice, attempt = rig.begun()
    rig.hand_over(attempt)
    rig.pay(attempt)
    rig.assert_open(invoice)


@situation("A payment of test mode pays nothing", "mode")
def other_mode(rig):
    invoice, attempt = rig.begun()
    rig.pretend_test_mode()
    rig.pay(attempt)
    rig.assert_open(invoice)


@situation("A word that we don't know isn't money", "unknown_word")
def unknown_word(rig):
    invoice, attempt = rig.begun()
    rig.psp.faults.inject("unknown_status", "thinking")
    attempt._pom_follow()
    rig.assert_open(invoice)
    rig.assertIn(attempt.state, ("draft", "pending"))


@situation("Cancelled by the payer: nothing is charged, open again", "cancel")
def cancelled(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "cancel")
    rig.assert_open(invoice)
    rig.assertEqual(attempt.state, "cancel")
    rig.assert_can_be_paid(invoice)


@situation("Refused by the payer's bank: can be tried again", "fail")
def refused(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "fail")
    rig.assert_open(invoice)
    if attempt.state == "error":
        rig.assert_can_be_paid(invoice)
        attempt = rig.begin(invoice)
    rig.pay(attempt)
    rig.assert_paid(invoice)


@situation("Not paid in time: open again", "expire")
def expired(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "expire")
    rig.assert_open(invoice)
    rig.assert_can_be_paid(invoice)


@situation("Expired, then paid all the same: it counts", "late")
def expired_then_paid(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "expire")
    rig.pay(attempt, late=True)
    rig.assert_paid(invoice)


@situation("Authorised isn't money", "authorize")
def authorised(rig):
    invoice, attempt = rig.begun()
    rig.authorize(attempt)
    rig.assert_open(invoice)
    rig.assertFalse(invoice.pom_standing.can_be_paid)


@situation("Money on its way isn't money, and nobody is asked meanwhile", "wait")
def on_its_way(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "wait")
    rig.assert_open(invoice)
    rig.assertEqual(invoice.pom_standing.word, "in_progress")
    rig.assertFalse(invoice.pom_standing.can_be_paid)


@situation("Money on its way comes to nothing: open again", "wait")
def came_to_nothing(rig):
    invoice, attempt = rig.begun()
    rig.act(attempt, "wait")
    rig.act(attempt, "fail")
    rig.assert_open(invoice)
    rig.assert_can_be_paid(invoice)


@situation("Two tabs: the second has to wait for the first", "tabs")
def second_tab(rig):
    invoice, _attempt = rig.begun()
    rig.assertFalse(invoice.pom_standing.can_be_paid)


@situation("Paid in two tabs: both are booked, one is shown as too much", "tabs")
def paid_in_two_tabs(rig):
    invoice, first = rig.begun()
    second = rig.begin(invoice)
    for attempt in (first, second):
        rig.pay(attempt)
    rig.assertEqual(invoice.payment_state, "paid")
    rig.assertTrue(second.payment_id)
    rig.assertEqual(second.pom_surplus, rig.amount)


@situation("Back button: the first is given up, the next one pays", "tabs")
def back_button(rig):
    invoice, first = rig.begun()
    invoice.pom_paylink_id._give_up()
    rig.assert_can_be_paid(invoice)
    second = rig.begin(invoice)
    rig.pay(second)
    rig.assert_paid(invoice)
    rig.assertNotEqual(first.state, "done")


@situation("Paid by bank transfer meanwhile: shown as too much", "tabs")
def paid_by_bank_meanwhile(rig):
    invoice, attempt = rig.begun()
    rig.register_payment(invoice)
    rig.pay(attempt)
    rig.assertEqual(attempt.state, "done")
    rig.assertEqual(attempt.pom_surplus, rig.amount)


@situation("The provider is down: said at once, nothing is under way", "down")
def down(rig):
    invoice = rig.invoice()
    rig.psp.faults.inject("api_error", 503)
    attempt = rig.begin(invoice, fails=True)
    rig.assertEqual(attempt.state, "error")
    rig.assert_can_be_paid(invoice)


@situation(
    "The books are closed to it: received, not asked again, booked later", "online"
)
def unbookable(rig):
    invoice, attempt = rig.begun()
    with rig.closed_books(invoice):
        rig.pay(attempt)
        rig.assertFalse(invoice.pom_standing.can_be_paid)
        rig.assertEqual(invoice.pom_standing.word, "received")
    rig.catch_up()
    rig.assert_paid(invoice)
