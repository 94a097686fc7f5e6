"""Closings made by chance: what is closed balances to the cent, and no name comes unasked."""

from itertools import starmap

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from cantine_desktop.finance.cash.checks import check_counts
from cantine_desktop.finance.cash.model import CashCount, Reason
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.meals.closing.balance import allocate, figures
from cantine_desktop.meals.closing.checks import check
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.facts import ClosingFacts, Named, Sponsored
from cantine_desktop.meals.closing.model import NamedContribution
from cantine_desktop.meals.closing.queries import closing_of
from cantine_desktop.meals.closing.sealing import correct
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.meals.closings import FLOAT, add_service, closed, put_float

amounts = st.integers(0, 40).map(lambda n: Money(n * 50))
cents = st.integers(0, 30_000).map(Money)
small = st.integers(0, 12)
coins = st.dictionaries(st.sampled_from([Money(c) for c in (5_000, 1_000, 200, 10, 1)]), small)

payers = st.sampled_from(["", "Petits Frères"])


@st.composite
def any_facts(draw):
    """Return facts that may balance or not, as a tired person types them."""
    return ClosingFacts(
        mode=draw(st.sampled_from([ContributionMode.TALLY, ContributionMode.TOTAL])),
        diners=draw(st.none() | st.integers(0, 60)),
        cooks=draw(st.none() | small),
        newcomers=draw(st.none() | small),
        offered=draw(st.none() | small),
        total=draw(st.none() | cents),
        tally=draw(st.dictionaries(amounts, small, max_size=6)),
        purposes=draw(st.dictionaries(st.sampled_from(list(Purpose)), cents, max_size=2)),
        means=draw(st.dictionaries(st.sampled_from(list(Means)), cents, max_size=2)),
        sponsored=tuple(
            Sponsored(
                draw(st.sampled_from(["", "Petits Frères"])), draw(small), draw(st.none() | cents)
            )
            for _one in range(draw(st.integers(0, 2)))
        ),
        coins=draw(coins),
        cash_reason=draw(st.none() | st.just(Reason.UNKNOWN)),
        float_amount=draw(st.sampled_from([Money(0), FLOAT])),
    )


@st.composite
def good_facts(draw):
    """Return facts that balance: people who gave, by means that do not exceed what came."""
    tally = draw(st.dictionaries(amounts, st.integers(1, 9), min_size=1, max_size=6))
    sponsored = draw(st.integers(0, 3))
    offered = draw(st.integers(0, 3))
    people = sum(tally.values()) + sponsored + offered
    others = draw(st.dictionaries(st.sampled_from([Purpose.MEMBERSHIPS, Purpose.GOODS]), cents))
    came = sum(a.cents * n for a, n in tally.items()) + sum(a.cents for a in others.values())
    card = draw(st.integers(0, came))
    cheque = draw(st.integers(0, came - card))
    counted = FLOAT.cents + came - card - cheque + draw(st.integers(-2_000, 2_000))
    return ClosingFacts(
        mode=draw(st.sampled_from([ContributionMode.TALLY, ContributionMode.TOTAL])),
        diners=people,
        cooks=draw(st.integers(0, people)),
        total=Money(sum(a.cents * n for a, n in tally.items())),
        tally=tally,
        purposes=others,
        means={Means.CARD: Money(card), Means.CHEQUE: Money(cheque)},
        sponsored=(Sponsored("Petits Frères", sponsored, draw(st.none() | cents)),),
        offered=offered,
        coins=draw(st.sampled_from([{}, {Money(1): counted}])),
        cash_reason=Reason.UNKNOWN,
        float_amount=FLOAT,
    )


@given(any_facts())
def test_what_balances_shares_every_sum_and_what_does_not_says_why(facts):
    found = figures(facts)
    if not found.balances:
        assert all(found.problems)
        return
    parts = allocate(facts, found)
    by_means = {m: sum(a.cents for (k, _p), a in parts.items() if k is m) for m in Means}
    by_purpose = {p: sum(a.cents for (_m, k), a in parts.items() if k is p) for p in Purpose}
    assert min((a.cents for a in parts.values()), default=1) > 0
    assert by_means[Means.CASH] == found.cash_due.cents
    assert all(by_means[m] == a.cents for m, a in facts.means.items())
    assert all(by_purpose[p] == a.cents for p, a in facts.purposes.items())
    assert by_purpose[Purpose.MEALS] == found.total.cents
    assert found.contributions + found.sponsored + found.offered == facts.diners


@given(good_facts(), good_facts())
@settings(
    max_examples=25,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_closing_and_its_correction_never_unbalance_a_book(book, facts, right):
    with book.action("service") as session:
        put_float(session)
        service = add_service(session)
        before = net_of(session, "530")
        counts = session.scalar(select(func.count(CashCount.id)))
        closed(session, service, facts)
        held = net_of(session, "530") - before
        found = figures(facts)
        assert held == found.cash_due + (found.gap or Money(0))
        row = closing_of(session, service)
        assert figures(facts_of(session, row)).total == found.total
        correct(session, row.id, right, "Autre feuille", "MB", NOW)
        again = figures(right)
        gap = found.gap if again.gap is None else again.gap
        assert net_of(session, "530") - before == again.cash_due + (gap or Money(0))
        assert session.scalar(select(func.count(CashCount.id))) - counts <= 2
        assert session.scalar(select(func.count(NamedContribution.id))) == 0
    with book.read() as session:
        assert [*check_counts(session), *check(session)] == []


@given(st.lists(st.tuples(st.text(max_size=8), amounts), min_size=1, max_size=6))
def test_a_list_counts_like_a_tally_of_its_amounts(pairs):
    names = tuple(starmap(Named, pairs))
    listed = figures(ClosingFacts(mode=ContributionMode.NAMED, diners=len(names), names=names))
    tally = {}
    for each in names:
        tally[each.amount] = tally.get(each.amount, 0) + 1
    struck = figures(ClosingFacts(diners=len(names), tally=tally))
    assert (listed.total, listed.median, listed.mean) == (struck.total, struck.median, struck.mean)
