"""Which policies are followed, whether all reminders are stopped, what a letter costs
and how far ahead a debtor may choose were fields of the company, and how old the bank's
news may be was one of each policy. All of it is the company's set-up now; without this,
whoever used reminders would find them "Not started".
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, sql

#: Of the company, as they were called.
COLUMNS = (
    "pom_policy_consumer_id",
    "pom_policy_business_id",
    "pom_reminders_stopped",
    "pom_postage",
    "pom_remind_days",
)
#: Nobody has set anything up since.
UNTOUCHED = [
    ("state", "=", "draft"),
    ("consumer_policy_id", "=", False),
    ("business_policy_id", "=", False),
]


def migrate(cr, version):
    here = [sql.column_exists(cr, "res_company", column) for column in COLUMNS]
    if not version or not all(here):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    kept, ages = _kept(env), _ages(env)
    for setup in env["pom.reminder.setup"].search(UNTOUCHED):
        setup.write(_values(kept[setup.company_id.id], ages))
        if setup.state == "running":
            setup._ask_for_clause()
    # What was taken over once isn't taken over again.
    for column in COLUMNS:
        env.cr.execute(
            SQL("ALTER TABLE res_company DROP COLUMN %s", SQL.identifier(column))
        )


def _kept(env):
    """What each company had set, by its id."""
    names = SQL(", ").join(map(SQL.identifier, COLUMNS))
    rows = env.execute_query(SQL("SELECT id, %s FROM res_company", names))
    return {number: dict(zip(COLUMNS, row, strict=True)) for number, *row in rows}


def _ages(env):
    """How many days old the bank's news might be, by policy; none for any age."""
    if not sql.column_exists(env.cr, "pom_reminder_policy", "bank_days"):
        return {}
    query = "SELECT id, bank_days FROM pom_reminder_policy WHERE bank_days >= 0"
    return dict(env.execute_query(SQL(query)))


def _values(kept, ages):
    """The set-up that does what was done before."""
    policies = [kept["pom_policy_consumer_id"], kept["pom_policy_business_id"]]
    state = "running" if any(policies) else "draft"
    values = {
        "state": "stopped" if kept["pom_reminders_stopped"] else state,
        "consumer_policy_id": policies[0],
        "business_policy_id": policies[1],
        "postage": kept["pom_postage"] or 0,
        "remind_days": kept["pom_remind_days"] or 30,
    }
    if any(policies):
        # Companies were businesses, numbers or not, and the stricter policy is the
        # safer one for both.
        strict = [ages[policy] for policy in policies if policy in ages]
        values |= {"business_by": "company", "bank_days": min(strict, default=-1)}
    return values
