"""The sentences that say why: templates, to be translated and then filled."""

#: Every reason that an accountant may read, by rule or by what happened.
REASONS = {
    # Decisions.
    "waiting_payment": "%(evidence)s is the waiting payment %(documents)s,"
    " of the same amount.",
    "payout": "A payment provider paid out %(documents)s (%(count)s payments,"
    " %(gross)s).",
    "payout_fee": "A payment provider paid out %(documents)s (%(count)s payments,"
    " %(gross)s) and kept %(difference)s as its fee.",
    "returned": "The payment of %(documents)s came back (%(cause)s):"
    " the debt is open again.",
    "returned_costs": "The payment of %(documents)s came back (%(cause)s): the debt is"
    " open again. The bank's costs are %(difference)s.",
    "exact_reference": "Reference %(evidence)s of %(documents)s, exact amount.",
    "early_discount": "Reference %(evidence)s of %(documents)s, less the discount of"
    " %(difference)s for early payment.",
    "rounding": "Reference %(evidence)s of %(documents)s; the difference of"
    " %(difference)s is within the journal's tolerance.",
    "several_references": "The text names %(documents)s, which together are exactly the"
    " amount.",
    "completed": "%(evidence)s names %(known)s; of this debtor only %(documents)s"
    " together are exactly the amount.",
    "instalment": "Reference %(evidence)s of %(documents)s, which is paid by"
    " instalments: the one of this amount, or else the oldest due first.",
    "netted": "%(evidence)s names the invoice; %(documents)s together are exactly the"
    " amount.",
    "partial": "%(evidence)s of %(documents)s, %(difference)s less than its open"
    " amount: the rest stays open.",
    "surplus": "%(evidence)s of %(documents)s, %(difference)s more than its open"
    " amount: the rest is kept as the customer's credit.",
    "invoice_number": "The text has the number of %(documents)s, exact amount.",
    "short_number": "The text has a short form of the number of %(documents)s,"
    " exact amount.",
    "paid_twice": "%(evidence)s of %(documents)s, which was already paid: kept as the"
    " customer's credit, ready to be paid back.",
    "known_account": "%(evidence)s is an account of this debtor, of whose open items"
    " only %(documents)s is exactly the amount.",
    "name_amount": "%(evidence)s is the name of this debtor, and %(documents)s is the"
    " only open item of this amount.",
    # Lines that are left open.
    "nothing": "Nothing that is open was recognised.",
    "internal": "A transfer between accounts of our own.",
    "zero": "There is no amount to match.",
    "ambiguous": "More than one answer is possible.",
    "no_fee_account": "The payments are known, but the journal has no account for the"
    " fee of %(difference)s, or it is unusually high.",
    "payout_without_list": "A payment provider paid out, but for which payments is not"
    " known.",
    "return_unknown": "Money came back, but for which payment is not certain.",
    "contradiction": "What the text names and the amount don't agree.",
    # Suggestions.
    "suggest_reference": "The text names %(documents)s.",
    "suggest_typo": "The reference of %(documents)s looks like the one in the text.",
    "suggest_account": "%(documents)s is open with the owner of this account.",
    "suggest_name": "%(documents)s is open with a debtor of this name.",
    "suggest_amount": "%(documents)s has the same open amount.",
    "suggest_payout": "The payout seems to consist of %(documents)s.",
    "suggest_returned": "The payment of %(documents)s may be the one that came back.",
}
