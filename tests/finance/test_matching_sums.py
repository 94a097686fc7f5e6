"""Sets of amounts, pairs, labels and random books: what is alone is so, and all adds up."""

from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.matching.accepting import accept
from cantine_desktop.finance.matching.assigning import assign
from cantine_desktop.finance.matching.checks import check
from cantine_desktop.finance.matching.labels import Manner, manner_of, pattern_of
from cantine_desktop.finance.matching.model import Match
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.finance.matching.reconciliation import statement_at
from cantine_desktop.finance.matching.subsets import runs, subset
from cantine_desktop.finance.matching.unmatching import unmatch
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.finance.bank_books import DAY, Bank, days, invoice, service, statement, supplier


@given(st.lists(st.integers(-30, 60), max_size=9), st.integers(1, 120))
def test_a_set_is_the_only_one_exactly_when_no_other_makes_the_sum(amounts, target):
    every = [
        places
        for size in range(1, len(amounts) + 1)
        for places in combinations([n for n, a in enumerate(amounts) if a], size)
        if sum(amounts[n] for n in places) == target
    ]
    found = subset(amounts, target)
    assert (found is not None) == bool(every)
    if found is not None:
        assert sum(amounts[n] for n in found.places) == target
        assert found.is_only == (len(every) == 1)
        assert len(found.places) == min(map(len, every))


def test_too_many_amounts_are_given_up_rather_than_searched_for_ever():
    assert subset([1] * 40, 20) is None
    assert subset([3**n for n in range(26)], 5) is None


@given(st.lists(st.integers(1, 40), max_size=12), st.integers(1, 90), st.integers(0, 20))
def test_runs_are_all_neighbours_between_the_bounds(totals, least, spread):
    found = {(run.first, run.end) for run in runs(totals, least, least + spread)}
    assert found == {
        (first, end)
        for first in range(len(totals))
        for end in range(first + 1, len(totals) + 1)
        if least <= sum(totals[first:end]) <= least + spread
    }


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 50), max_size=12
    )
)
def test_pairs_are_given_so_that_the_whole_is_likeliest(pairs):
    given_pairs = assign(pairs)
    assert len(set(given_pairs.values())) == len(given_pairs)
    best = max(
        sum(pairs.get((line, item), 0) for line, item in enumerate(order))
        for order in permutations(range(4))
    )
    assert sum(pairs[pair] for pair in given_pairs.items()) == best


def a_month(session, dice):
    """Write a month of a bank whose lines all come from something, and return it."""
    bank = Bank(session)
    party = supplier(session)
    moved = 0
    for n in range(18):
        day, cents = DAY + days(n), dice.randrange(500, 20_000)
        kind = dice.choice(("invoice", "card", "cheque", "unknown"))
        if kind == "invoice":
            invoice(session, party, cents, day, f"F-{1000 + n}")
            shown = -cents, f"PRLV BIOCOOP F-{1000 + n}"
        elif kind == "card":
            service(session, day, Means.CARD, cents)
            shown = cents - cents * 175 // 10_000, "VIR SUMUP PAYMENTS"
        elif kind == "cheque":
            service(session, day, Means.CHEQUE, cents)
            shown = cents, "REMISE CHEQUES"
        else:
            shown = -cents, "CB MAGASIN INCONNU"
        bank.line(day + days(dice.randrange(4)), *shown)
        moved += shown[0]
    statement(session, bank, DAY, DAY + days(30), 0, moved)
    return bank


def waiting(session):
    return {(i.line_id, i.amount.cents) for n in ("401", "511") for i in open_items(session, n)}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_accepted_adds_up_and_can_be_taken_back(book, seed):
    with book.action("banque") as session:
        bank = a_month(session, Random(seed))
        before = waiting(session)
        while found := propose(session, bank.id):
            accept(session, found[0], NOW)
        assert list(check(session)) == []
        made = statement_at(session, bank.id, DAY + days(40))
        assert made.unexplained == Money(0)
        assert made.only_ledger == ()
        for match in session.scalars(select(Match)).all():
            unmatch(session, match.id, NOW)
        assert waiting(session) == before
        assert net_of(session, "512") == Money(0)


@pytest.mark.parametrize(
    ("label", "manner"),
    [
        ("REMISE CB 051025", Manner.CARDS),
        ("VIR SUMUP PAYMENTS PID251006", Manner.CARDS),
        ("REM CHQ 12", Manner.CHEQUES),
        ("REMISE DE CHEQUES N 0012", Manner.CHEQUES),
        ("VERSEMENT ESPÈCES GAB", Manner.CASH),
        ("REM ESPECES", Manner.CASH),
        ("VIR HELLO ASSO 4471", Manner.HELLOASSO),
        ("VIR SEPA SALAIRE OCTOBRE", Manner.WAGES),
        ("CARTE LEROY MERLIN", Manner.UNKNOWN),
        ("PRLV BIOCOOP", Manner.UNKNOWN),
    ],
)
def test_how_money_moved_is_read_from_the_words_of_banks(label, manner):
    assert manner_of(label) is manner


def test_a_rule_keeps_the_words_that_tell_who_and_no_date_or_reference():
    assert (
        pattern_of("PRLV SEPA EDF CLIENTS PARTICULIERS 04/10 REF 88F12")
        == "CLIENTS EDF PARTICULIERS"
    )
    assert pattern_of("VIR SEPA OCTOBRE 2026 MAIF") == "MAIF"
    assert pattern_of("COTISATION CARTE 10/26") == "COTISATION"
