"""What reminders ask on top, switched on, and short ways to it."""


def switch_on(company):
    """:return: the set-up of its reminders"""
    setup = company._pom_setup()
    setup.write({"claims": True, **setup._proposed_accounts()})
    return setup


def claim(move, kind="costs", amount=7.5, **values):
    """As a message leaves it behind that asked for it."""
    row = {
        "move_id": move.id,
        "company_id": move.company_id.id,
        "kind": kind,
        "amount": amount,
        "asked_on": move.company_id._pom_today(),
        **values,
    }
    claim = move.env["pom.claim"].sudo().create(row)
    move.sudo().pom_has_claims = True
    return claim


def income(claims):
    """What stands on income accounts for these."""
    items = claims.item_ids.filtered(lambda item: item.parent_state == "posted")
    return {
        kind: -sum(booked.mapped("balance"))
        for kind, booked in items.grouped(lambda item: item.pom_claim_id.kind).items()
    }
