"""A closing balances, writes its takings and its till once, and is corrected, never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.finance.cash.model import CashCount, CashEvent, Reason
from cantine_desktop.finance.checks import check_finance
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.locking import lock
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.finance.price.contributions import meals_of
from cantine_desktop.meals.checks import check_meals
from cantine_desktop.meals.closing.balance import allocate, figures
from cantine_desktop.meals.closing.drafting import (
    add_people,
    add_to_tally,
    draft_of,
    facts_of,
    save,
)
from cantine_desktop.meals.closing.facts import ClosingFacts, Named, Sponsored
from cantine_desktop.meals.closing.model import (
    ClosingTally,
    Heard,
    NamedContribution,
    ServiceClosing,
    WasteStage,
)
from cantine_desktop.meals.closing.names import forget, names_of
from cantine_desktop.meals.closing.policy import Policy, policy, set_policy
from cantine_desktop.meals.closing.queries import closing_lines, closing_of, to_close
from cantine_desktop.meals.closing.sealing import close, correct
from cantine_desktop.meals.closing.sentence import sentence
from cantine_desktop.meals.services.model import ContributionMode, MealService, ServiceState
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.closings import (
    DAY,
    FLOAT,
    add_service,
    closed,
    drafted,
    euros,
    prepared,
    put_float,
    wireframe,
)


def found_in(session):
    return [*verify(session), *check_finance(session), *check_meals(session)]


def test_the_service_of_the_wireframe_balances_to_the_cent():
    facts = wireframe()
    found = figures(facts)
    assert (found.contributions, found.total, found.mean, found.median) == (
        30,
        euros("312"),
        euros("10,40"),
        euros("10"),
    )
    assert found.cash_due == euros("197")
    assert (found.counted, found.gap) == (euros("277,20"), euros("0,20"))
    assert found.balances
    assert sentence(found, facts.displayed_price) == (
        "30 contributions ont couvert 83 % du prix d’équilibre de ce repas."
    )


def test_closing_writes_takings_count_and_seal_in_one_action(any_book):
    with any_book.action("clôture") as session:
        closed(session, prepared(session))
    with any_book.read() as session:
        row = closing_of(session, 1)
        kept = session.get_one(Takings, row.takings_id)
        count = session.get_one(CashCount, row.cash_count_id)
        assert (kept.meals, kept.offered, kept.cooks, kept.newcomers) == (30, 1, 9, 4)
        assert sum(part.amount.cents for part in kept.parts) == 33_000
        assert (count.expected, count.counted, count.aside) == (
            euros("277"),
            euros("277,20"),
            Money(0),
        )
        assert session.get_one(MealService, 1).state is ServiceState.CLOSED
        assert (row.is_sealed, row.reference, row.closed_by) == (True, kept.reference, "AM")
        assert net_of(session, "530") == euros("277,20")
        assert net_of(session, "758") == -euros("0,20")
        assert net_of(session, "706") == -euros("312")
        assert meals_of(session, Period.month(DAY)).average == euros("10,40")
    with any_book.read() as session:
        assert found_in(session) == []
    with pytest.raises(SealedError), any_book.action("tricher") as session:
        closing_of(session, 1).word = "autre"


def test_what_does_not_balance_is_refused_in_sentences_and_nothing_is_written(book):
    with book.action("brouillon") as session:
        key = drafted(session, prepared(session), wireframe(diners=30, cooks=40))
    with pytest.raises(UserError) as told, book.action("clôture") as session:
        close(session, key, "AM", NOW)
    words = str(told.value)
    assert "30 contributions, 1 pris en charge : cela fait 31 repas, pour 30 à table." in words
    assert "40 en cuisine" in words
    with book.read() as session:
        assert session.scalar(select(func.count(Takings.id))) == 0
        assert not closing_of(session, 1).is_sealed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"diners": None}, "Dites combien de convives"),
        ({"diners": 0, "tally": {}, "sponsored": ()}, "annulez plutôt ce service"),
        ({"means": {Means.CARD: euros("400")}}, "plus que tout ce qui est entré"),
        ({"coins": {Money(5_000): 1}}, "d’écart de caisse"),
        ({"sponsored": (Sponsored(" ", 1),)}, "Dites qui prend en charge"),
        ({"heard": {Heard.FRIEND: 5}}, "ont dit comment ils sont venus"),
        ({"mode": ContributionMode.TOTAL, "coins": {}}, "Tapez le total des contributions"),
        ({"cooks": -1}, "n’est pas négatif"),
        ({"means": {Means.CASH: euros("1")}}, "se calculent"),
    ],
)
def test_each_fault_is_told(change, words):
    found = figures(wireframe(**change))
    assert not found.balances
    assert any(words in each for each in found.problems)


def test_a_difference_is_explained_and_written_once(book):
    facts = wireframe(coins={Money(5_000): 5, Money(100): 7}, cash_reason=Reason.FORGOTTEN_ENVELOPE)
    with book.action("clôture") as session:
        closed(session, prepared(session), facts)
    with book.read() as session:
        assert net_of(session, "658800") == euros("20")
        assert net_of(session, "530") == euros("257")


def test_a_bag_that_waits_for_the_bank_is_no_difference(book):
    with book.action("deux services") as session:
        put_float(session)
        for rank in range(3):
            closed(session, add_service(session, DAY + timedelta(rank % 2)))
        counts = session.scalars(select(CashCount).order_by(CashCount.id)).all()
        assert [each.difference for each in counts] == [euros("0,20")] * 3
        assert net_of(session, "530") == FLOAT + Money(3 * 19_720)


def test_a_float_that_the_book_does_not_know_is_no_gain(book):
    with book.action("service") as session:
        key = drafted(session, add_service(session))
    with pytest.raises(UserError, match="pour un fond de 80,00"), book.action("c") as session:
        close(session, key, "AM", NOW)


def test_a_till_nobody_counted_has_no_difference(book):
    with book.action("clôture") as session:
        closed(session, prepared(session), wireframe(coins={}))
        assert session.scalar(select(func.count(CashCount.id))) == 0
        assert net_of(session, "530") == FLOAT + euros("197")


def test_a_total_nobody_typed_is_what_the_till_says(book):
    facts = wireframe(mode=ContributionMode.TOTAL, tally={})
    with book.action("clôture") as session:
        takings = closed(session, prepared(session), facts)
        assert (figures(facts).total, figures(facts).gap) == (euros("312,20"), Money(0))
        assert (takings.meals, takings.tally) == (30, [])
        assert closing_of(session, 1).contributions_total == euros("312,20")


def test_a_draft_is_kept_as_it_is_however_incomplete(any_book):
    facts = ClosingFacts(
        cooks=3,
        tally={euros("8"): 2},
        coins={Money(200): 0},
        waste={WasteStage.LEFTOVERS: 1_800},
        heard={Heard.FRIEND: 1},
        word=" belle tablée ",
        means={Means.CARD: euros("12")},
    )
    with any_book.action("brouillon") as session:
        key = drafted(session, prepared(session), facts)
    with any_book.action("encore") as session:
        again = replace(facts, tally={euros("8"): 1, euros("5"): 1}, means={})
        save(session, draft_of(session, 1, NOW).id, again, NOW)
    with any_book.read() as session:
        row = session.get_one(ServiceClosing, key)
        assert facts_of(session, row) == replace(again, word="belle tablée")


def test_the_counter_taps_into_the_draft(book):
    with book.action("comptoir") as session:
        service = prepared(session)
        add_to_tally(session, service, euros("10"), 1, NOW)
        add_to_tally(session, service, euros("10"), 2, NOW)
        add_to_tally(session, service, euros("10"), -1, NOW)
        add_people(session, service, NOW, diners=1, cooks=1)
        row = add_people(session, service, NOW, diners=1)
        assert ({t.amount: t.count for t in row.tally}, row.diners, row.cooks) == (
            {euros("10"): 2},
            2,
            1,
        )
        with pytest.raises(UserError):
            add_to_tally(session, service, euros("5"), -1, NOW)


def test_a_correction_takes_the_place_of_what_was_wrong_and_the_till_follows(any_book):
    with any_book.action("clôture") as session:
        wrong = closed(session, prepared(session)).id
    with any_book.action("correction") as session:
        row = closing_of(session, 1)
        facts = facts_of(session, row)
        right = replace(facts, means={Means.CARD: euros("100"), Means.HELLOASSO: euros("40")})
        right = replace(right, cash_reason=Reason.WRONG_MEANS)
        takings = correct(session, row.id, right, "Ticket de carte oublié", "MB", NOW)
        assert takings.corrects_id == wrong
        assert net_of(session, "530") == euros("277,20")
        assert net_of(session, "758") == -euros("7,20")
        assert net_of(session, "706") == -euros("312")
        lines = closing_lines(session, Period.month(DAY))
        assert [(line.corrects, line.gap) for line in lines] == [(row.id, euros("7,20"))]
        with pytest.raises(UserError, match="déjà corrigée"):
            correct(session, row.id, right, "encore", "MB", NOW)
    with any_book.read() as session:
        assert found_in(session) == []


def test_a_correction_of_the_count_alone_leaves_the_right_difference(book):
    with book.action("clôture") as session:
        facts = wireframe(
            coins={Money(5_000): 5, Money(100): 7}, cash_reason=Reason.FORGOTTEN_ENVELOPE
        )
        closed(session, prepared(session), facts)
        row = closing_of(session, 1)
        right = replace(facts, coins={**facts.coins, Money(2_000): 1}, cash_reason=None)
        correct(session, row.id, right, "Le billet de 20 était dessous", "MB", NOW)
        assert net_of(session, "530") == euros("277")
        assert net_of(session, "658800") + net_of(session, "758") == Money(0)


def test_a_correction_in_a_locked_month_is_dated_today(book):
    october = DAY.replace(month=10)
    with book.action("clôture") as session:
        closed(session, prepared(session, october))
        validate(session, drafts_before(session, DAY.replace(day=1)), NOW)
        lock(session, DAY.replace(day=1), NOW)
        row = closing_of(session, 1)
        facts = replace(facts_of(session, row), word="Autre mot", cooks=8)
        takings = correct(session, row.id, facts, "Huit en cuisine", "MB", NOW)
        assert takings.day == NOW.date()
        assert [line.cooks for line in closing_lines(session, Period.month(october))] == [8]


def test_sponsored_meals_are_owed_by_who_pays_them_and_enter_no_average(book):
    facts = wireframe(sponsored=(Sponsored("Petits Frères", 1, euros("12,50")),))
    with book.action("clôture") as session:
        closed(session, prepared(session), facts)
        row = closing_of(session, 1)
        assert row.sponsored[0].reference == "PEC2026-001"
        assert net_of(session, "411") == euros("12,50")
        assert meals_of(session, Period.month(DAY)).average == euros("10,40")
        right = replace(facts, sponsored=(Sponsored("Petits Frères", 1, euros("13")),))
        correct(session, row.id, right, "Prix convenu : 13 €", "MB", NOW)
        assert net_of(session, "411") == euros("13")
        again = closing_of(session, 1)
        correct(session, again.id, replace(right, cooks=8), "Huit", "MB", NOW)
        assert net_of(session, "411") == euros("13")
        assert closing_of(session, 1).sponsored[0].reference == "PEC2026-002"


def test_no_name_is_kept_unless_the_canteen_chose_so(book):
    named = ClosingFacts(
        mode=ContributionMode.NAMED,
        diners=2,
        names=(Named("Odile", euros("8")), Named("", euros("5"))),
    )
    with book.action("service") as session:
        service = prepared(session)
    with pytest.raises(UserError, match="n’attache pas de nom"), book.action("d") as session:
        drafted(session, service, named)
    with pytest.raises(UserError), book.action("réglage") as session:
        set_policy(session, Policy(mode=ContributionMode.NAMED))
    with book.action("choix") as session:
        set_policy(session, Policy(names_allowed=True, names_kept_days=30))
        closed(session, service, named)
        assert names_of(session, service) == named.names
        assert session.scalar(select(func.count(ClosingTally.id))) == 2
    with book.action("oubli", undoable=False) as session:
        assert forget(session, NOW, "AM") == 0
        assert forget(session, NOW + timedelta(60), "AM") == 2
        row = closing_of(session, service)
        assert session.scalar(select(func.count(NamedContribution.id))) == 0
        assert figures(facts_of(session, row)).total == euros("13")
    with book.read() as session:
        assert found_in(session) == []


def test_a_service_is_closed_once_after_it_took_place_and_never_when_cancelled(book):
    with book.action("services") as session:
        service = prepared(session)
        later = add_service(session, NOW.date() + timedelta(1))
        off = add_service(session, state=ServiceState.CANCELLED)
        assert [each.id for each in to_close(session, NOW)] == [service]
        closed(session, service, wireframe(coins={}))
        with pytest.raises(UserError, match="déjà clôturé"):
            draft_of(session, service, NOW)
        with pytest.raises(UserError, match="annulé"):
            draft_of(session, off, NOW)
        with pytest.raises(UserError, match="après le repas"):
            closed(session, later)
        assert to_close(session, NOW) == []


def test_the_chain_of_the_till_tells_a_closing_in_two_events(book):
    with book.action("clôture") as session:
        closed(session, prepared(session))
        kinds = session.scalars(select(CashEvent.kind).order_by(CashEvent.number))
        assert [kind.value for kind in kinds] == ["movement", "takings", "count"]


def test_cash_pays_what_is_no_meal_first_and_every_sum_is_kept():
    facts = wireframe(purposes={Purpose.MEMBERSHIPS: euros("18"), Purpose.GOODS: euros("200")})
    parts = allocate(facts, figures(facts))
    assert sum(parts.values(), Money(0)) == euros("530")
    assert parts[Means.CASH, Purpose.MEMBERSHIPS] == euros("18")
    assert sum(a.cents for (m, _p), a in parts.items() if m is Means.CARD) == 9_300


def test_the_policy_is_the_usual_one_until_somebody_chose(book):
    with book.action("réglage") as session:
        assert policy(session) == Policy()
        chosen = Policy(amounts=(euros("10"), Money(0), euros("5")), tolerated=euros("2"))
        set_policy(session, chosen)
        assert policy(session) == replace(chosen, amounts=(Money(0), euros("5"), euros("10")))
        with pytest.raises(UserError):
            set_policy(session, Policy(amounts=()))


def test_a_count_that_emptied_the_till_by_mistake_is_corrected_by_the_right_one(book):
    with book.action("clôture") as session:
        service = prepared(session)
        wrong = wireframe(coins={euros("1"): 1}, cash_reason=Reason.UNKNOWN)
        closed(session, service, wrong)
    assert_held(book, euros("1"))
    with book.action("correction") as session:
        less = {Money(1_000): 4, Money(0): 26}
        right = replace(wireframe(), tally=less, means={}, purposes={}, coins={euros("20"): 6})
        correct(session, closing_of(session, service).id, right, "Mal compté", "AM", NOW)
    assert_held(book, euros("120"))
    with book.read() as session:
        assert found_in(session) == []


def assert_held(book, amount):
    with book.read() as session:
        assert net_of(session, "530") == amount
