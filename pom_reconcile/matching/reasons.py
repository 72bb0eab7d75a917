"""The sentences that say why: templates, to be translated and then filled."""

from odoo.addons.pom_payment.tools.marking import _

#: Said behind a reason, of money that banks kept some of.
CHARGES = _("The bank kept %(charges)s of it as charges: %(account)s.")

#: Every reason that an accountant may read, by rule or by what happened.
REASONS = {
    # Decisions.
    "waiting_payment": _(
        "%(evidence)s is the pending payment %(documents)s, of the same amount."
    ),
    "entered_payment": _(
        "%(evidence)s names what the payment %(documents)s was entered for, which"
        " waits for exactly this money."
    ),
    "payout": _(
        "A payment provider paid out %(documents)s (%(count)s payments, %(gross)s)."
    ),
    "payout_of_one": _(
        "A payment provider paid out %(documents)s (1 payment, %(gross)s)."
    ),
    "payout_fee": _(
        "A payment provider paid out %(documents)s (%(count)s payments,"
        " %(gross)s) and kept %(difference)s as its fee: %(account)s."
    ),
    "payout_of_one_fee": _(
        "A payment provider paid out %(documents)s (1 payment, %(gross)s) and kept"
        " %(difference)s as its fee: %(account)s."
    ),
    "returned": _(
        "The payment of %(documents)s came back (%(cause)s): the debt is open again."
    ),
    "returned_costs": _(
        "The payment of %(documents)s came back (%(cause)s): the debt is"
        " open again. The bank's costs are %(difference)s: %(account)s."
    ),
    "exact_reference": _("Reference %(evidence)s of %(documents)s, exact amount."),
    "early_discount": _(
        "Reference %(evidence)s of %(documents)s, less the discount of"
        " %(difference)s for early payment."
    ),
    "with_claims": _(
        "%(evidence)s names %(documents)s; the %(difference)s more were asked on top by"
        " reminders."
    ),
    "surplus_claims": _(
        "The text names %(documents)s, and this is more than its open amount and what"
        " reminders asked on top: %(difference)s is kept as the customer's credit."
    ),
    "late_claims": _(
        "The text names %(documents)s, which was already paid: this is what reminders"
        " asked on top of it."
    ),
    "account_claims": _(
        "%(evidence)s is an account of this debtor; only %(documents)s, with the"
        " %(difference)s that reminders asked on top, is exactly the amount."
    ),
    "details": _(
        "The bank lists the %(count)s payments of this total in another file: they are"
        " for %(documents)s."
    ),
    "details_of_one": _(
        "The bank lists the one payment of this total in another file: it is for"
        " %(documents)s."
    ),
    "rounding": _(
        "Reference %(evidence)s of %(documents)s; the difference of"
        " %(difference)s is within the journal's tolerance."
    ),
    "several_references": _(
        "The text names %(documents)s, which together are exactly the amount."
    ),
    "completed": _(
        "%(evidence)s names %(known)s; of this debtor only %(documents)s"
        " together are exactly the amount."
    ),
    "instalment": _(
        "Reference %(evidence)s of %(documents)s, which is paid by"
        " instalments: the one of this amount, or else the oldest due first."
    ),
    "agreed_part": _(
        "The text names %(documents)s, and this is what its payment plan asks:"
        " %(difference)s stays open."
    ),
    "netted": _(
        "%(evidence)s names the invoice; %(documents)s together are exactly the amount."
    ),
    "partial": _(
        "The text names %(documents)s, and this is %(difference)s less than its open"
        " amount: the rest stays open."
    ),
    "surplus": _(
        "The text names %(documents)s, and this is %(difference)s more than its open"
        " amount: the rest is kept as the customer's credit."
    ),
    "invoice_number": _("The text has the number of %(documents)s, exact amount."),
    "short_number": _(
        "The text has a short form of the number of %(documents)s, exact amount."
    ),
    "paid_twice": _(
        "The text names %(documents)s, which was already paid: kept as the"
        " customer's credit, ready to be paid back."
    ),
    "known_account": _(
        "%(evidence)s is an account of this debtor; of the open items only "
        "%(documents)s has exactly this amount."
    ),
    "learnt_account": _(
        "Someone booked money from %(evidence)s on this debtor before; of his open"
        " items only %(documents)s is exactly the amount."
    ),
    "account_discount": _(
        "%(evidence)s is an account of this debtor; only %(documents)s, less the"
        " discount of %(difference)s for early payment, is exactly the amount."
    ),
    "picked": _(
        "The partner was picked by hand; of the open items only %(documents)s is"
        " exactly the amount."
    ),
    "picked_discount": _(
        "The partner was picked by hand; only %(documents)s, less the discount of"
        " %(difference)s for early payment, is exactly the amount."
    ),
    "picked_claims": _(
        "The partner was picked by hand; only %(documents)s, with the %(difference)s"
        " that reminders asked on top, is exactly the amount."
    ),
    "name_amount": _(
        "%(evidence)s is the name of this debtor, and %(documents)s is the"
        " only open item of this amount."
    ),
    # Lines that are left open.
    "nothing": _("Nothing that is open was recognised."),
    "unknown_reference": _("The text names %(evidence)s, which nothing here bears."),
    "twin": _(
        "It may be the same money as “%(evidence)s”, which another source brought: book"
        " one of them, and delete the other."
    ),
    "internal": _("A transfer between accounts of our own."),
    "zero": _("There is no amount to match."),
    "ambiguous": _("More than one answer is possible."),
    "unproven": _("One answer fits, but nothing in the line proves it."),
    "other_amount": _("Nothing that it may pay is open for exactly this amount."),
    "no_fee_account": _(
        "The payments are known, but the journal has no account for the"
        " fee of %(difference)s, or it is unusually high."
    ),
    "payout_without_list": _(
        "A payment provider paid out, but for which payments is not known."
    ),
    "return_unknown": _("Money came back, but for which payment is not certain."),
    "no_charges_account": _(
        "This pays %(documents)s, of which the bank kept %(difference)s as charges: set"
        " the journal's account for fees, then match again."
    ),
    "not_picked": _(
        "It names %(evidence)s, which isn't of the partner that was picked by hand: one"
        " of the two is wrong."
    ),
    "other_currency": _(
        "The text names %(evidence)s, in another currency: the bank doesn't tell how"
        " much of that this money is."
    ),
    "contradiction": _("What the text names and the amount don't agree."),
    "given_up": _(
        "The text names %(evidence)s, which an entry closed without money. If it was"
        " written off, undo that first: then this pays it."
    ),
    # Suggestions.
    "suggest_reference": _("The text names %(documents)s."),
    "suggest_typo": _("The reference of %(documents)s looks like the one in the text."),
    "suggest_account": _("%(documents)s is open with the owner of this account."),
    "suggest_picked": _("%(documents)s is open with the partner picked by hand."),
    "suggest_learnt": _(
        "%(documents)s is open with a debtor on whom money from this account was booked"
        " before."
    ),
    "suggest_name": _("%(documents)s is open with a debtor of this name."),
    "suggest_amount": _("%(documents)s has the same open amount."),
    "suggest_payout": _("The payout seems to consist of %(documents)s."),
    "suggest_charges": _(
        "%(documents)s, of which the bank kept %(difference)s as charges."
    ),
    "suggest_returned": _(
        "The payment of %(documents)s may be the one that came back."
    ),
}
