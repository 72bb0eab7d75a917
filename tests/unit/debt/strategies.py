"""Any facts that the books can bring together, for hypothesis."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from odoo.addons.pom_payment.debt import facts as known
from odoo.addons.pom_payment.debt.agreed_plan import dues as plan_dues
from odoo.addons.pom_payment.debt.agreed_plan import equal_parts, unpaid
from odoo.addons.pom_payment.debt.facts import Claim, Coming, Discount, Due, Facts

from .world import TODAY

cents = st.integers(1, 50_000)
numbers = st.integers(-90, 90)
days = st.builds(lambda number: TODAY + timedelta(number), numbers)
amounts = st.builds(lambda number: Decimal(number) / 100, cents)
KINDS = (
    known.ATTEMPT,
    known.REGISTERED,
    known.RECEIVED,
    known.HELD,
    known.DIRECT_DEBIT,
    known.CHARGE,
)
#: Under way, received, registered or held: never to be paid twice.
HERE = {known.REGISTERED, known.RECEIVED, known.HELD}


@st.composite
def dues(draw):
    """The oldest are paid first, and now and then the creditor owes one."""
    amount = [draw(amounts) for _number in range(draw(st.integers(1, 4)))]
    if draw(st.integers(0, 5)) == 0:
        amount.append(-draw(amounts))
    rows = sorted((draw(days), one) for one in amount)
    paid = draw(st.one_of(st.just(Decimal(0)), amounts))
    found = []
    for day, one in rows:
        used = max(min(paid, one), Decimal(0))
        paid -= used
        found.append(Due(day, one, one - used))
    return tuple(found)


comings = st.lists(
    st.builds(
        Coming,
        st.sampled_from(KINDS),
        st.one_of(st.none(), amounts),
        st.one_of(st.none(), days),
    ),
    max_size=3,
).map(tuple)
claims = st.lists(
    st.builds(
        Claim,
        st.sampled_from(("costs", "interest")),
        amounts,
        day=st.just(TODAY),
        key=st.none(),
    ),
    max_size=2,
).map(tuple)
sometimes = st.integers(0, 5).map(lambda number: number == 0)


@st.composite
def facts(draw):
    parts = draw(dues())
    left = sum(due.left for due in parts)
    plan = ()
    if left > 0 and draw(sometimes):
        agreed = equal_parts(left, draw(st.integers(1, 6)), draw(days))
        plan = plan_dues(agreed, unpaid(agreed, [], left))
    return Facts(
        books=draw(st.sampled_from(("", "", "", "", "blocked", "draft", "cancelled"))),
        dues=parts,
        plan=plan,
        discount=draw(st.one_of(st.none(), st.builds(Discount, amounts, days))),
        claims=draw(claims),
        disputed=draw(st.one_of(st.just(Decimal(0)), amounts)),
        coming=draw(comings),
        withdrawn=draw(sometimes),
        handed_over=draw(sometimes),
        on_account=draw(st.one_of(st.just(Decimal(0)), amounts)),
        quiet_until=draw(st.one_of(st.none(), st.none(), days)),
        opted_out=draw(sometimes),
        unmatched=draw(sometimes),
    )
