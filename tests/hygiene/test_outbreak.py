"""A suspicion of food poisoning: frozen, gathered, printed, and nobody named."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import inspect, select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import recording
from cantine_desktop.hygiene.food.model import Cooking, ReceivedGoods, Sample
from cantine_desktop.hygiene.keeping.holds import holds
from cantine_desktop.hygiene.keeping.papers import write_certificates, write_list
from cantine_desktop.hygiene.keeping.purging import purge
from cantine_desktop.hygiene.keeping.review import review
from cantine_desktop.hygiene.labels.uses import TracedUse
from cantine_desktop.hygiene.model import ColdUnit, Slot
from cantine_desktop.hygiene.outbreak import gathering, model, opening
from cantine_desktop.hygiene.outbreak.gathering import Told, gather, meals_by_day
from cantine_desktop.hygiene.outbreak.model import Callee, Outbreak
from cantine_desktop.hygiene.outbreak.opening import Call, Suspected
from cantine_desktop.hygiene.outbreak.sheets import write_sheets
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from tests.documents.reading import pages

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MEAL = date(2026, 11, 19)
DAYS = Period(date(2026, 11, 16), date(2026, 11, 20))
TODAY = Period.through(date(2026, 11, 22), date(2026, 11, 22))


@pytest.fixture
def kitchen(any_book):
    """Four days of a kitchen, and one day before that nobody asks for."""
    with any_book.action("Cuisine") as session:
        session.add(Canteen(name="La Tablée", address="3 quai des Bateliers"))
        session.add(ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2)))
        session.flush()
        for days, celsius in ((16, "3.0"), (18, "9.5")):
            day = date(2026, 11, days)
            recording.record_temperature(session, 1, day, Slot.MORNING, Decimal(celsius), NOW)
        for day, dish, lots in (
            (date(2026, 11, 12), "Vieux gratin", "V-1"),
            (date(2026, 11, 18), "Gratin de courge", "CO-3"),
            (MEAL, "Poulet <fermier> & riz", "PF-2291"),
        ):
            session.add(Cooking(day=day, dish=dish, lots=lots, recorded_at=NOW))
            session.add(Sample(day=day, dish=dish, place="Clayette 2", recorded_at=NOW))
        session.add(
            ReceivedGoods(
                day=date(2026, 11, 17),
                product="Poulet",
                supplier="Ferme des Tilleuls",
                lot="PF-2291",
                recorded_at=NOW,
            )
        )
        session.add(TracedUse(day=MEAL, product="Poulet", lot="PF-2291", recorded_at=NOW))
    return any_book


def suspect(book, **changes):
    values = {"meals": Period.through(MEAL, MEAL), "ill": 3, "diners": 34} | changes
    with book.action("Suspicion") as session:
        return opening.suspect(session, Suspected(**values), "LM", NOW).id


def printed(book, write=write_sheets, period=TODAY):
    target = BytesIO()
    with book.read() as session:
        write(session, period, NOW, target)
    return " ".join(" ".join(pages(target.getvalue())).split())


def test_opening_freezes_from_the_days_before_on(kitchen):
    suspect(kitchen, days_before=5)
    with kitchen.read() as session:
        (hold,) = holds(session)
        assert (hold.first, hold.end, hold.opened_by) == (MEAL - timedelta(days=5), None, "LM")
        long_after = NOW + timedelta(days=365 * 30)
        lines = review(session, long_after).lines
    assert {line.series.table: line.due for line in lines if line.due} == {
        "cooking": 1,
        "sample": 1,
    }, "only what is older than the days gathered may go"


def test_looking_farther_back_freezes_more(kitchen):
    number = suspect(kitchen)
    with kitchen.action("Revoir") as session:
        wider = Suspected(Period.through(MEAL, MEAL), 4, None, 10)
        opening.revise(session, number, wider, NOW)
    with kitchen.read() as session:
        reached = min((hold.first, hold.end) for hold in holds(session))
        assert reached == (MEAL - timedelta(days=10), MEAL - timedelta(days=3))
        assert session.get_one(Outbreak, number).ill == 4


WRONG = [
    {"meals": Period.through(date(2026, 11, 23), date(2026, 11, 23))},
    {"ill": -1},
    {"ill": 40},
    {"days_before": 31},
    {"days_before": -1},
]


@pytest.mark.parametrize("changes", WRONG)
def test_what_cannot_be_is_refused_and_freezes_nothing(kitchen, changes):
    with pytest.raises(UserError):
        suspect(kitchen, **changes)
    with kitchen.read() as session:
        assert holds(session) == []


def test_the_days_before_are_gathered_and_no_others(kitchen):
    with kitchen.read() as session:
        found = gather(session, DAYS)
    assert [line.what for line in found.dishes] == ["Gratin de courge", "Poulet <fermier> & riz"]
    assert [line.lots for line in found.goods] == ["PF-2291"]
    assert [(line.what, line.lots) for line in found.lots] == [("Poulet", "PF-2291")]
    assert {line.place for line in found.samples} == {"Clayette 2"}
    (unit,) = found.warmth
    assert (unit.readings, unit.highest, unit.breaches) == (2, Decimal("9.5"), 1)
    assert meals_by_day(found)[MEAL] == [("Poulet <fermier> & riz", "PF-2291", "Clayette 2")]
    assert meals_by_day(found)[date(2026, 11, 16)] == []


def test_other_slices_may_tell_what_they_know(kitchen, monkeypatch):
    def tell(_session, period):
        yield Told(period.first, "Crumble", "Menu", dish=True)

    monkeypatch.setattr(gathering, "TELLERS", [tell])
    with kitchen.read() as session:
        assert ("Crumble", "", "") in meals_by_day(gather(session, DAYS))[DAYS.first]


def test_the_four_sheets_hold_what_is_known_and_leave_people_blank(kitchen):
    number = suspect(kitchen)
    with kitchen.action("Appel") as session:
        opening.write_contact(session, Callee.DDPP, "Alimentation", "03 88 00 00 00")
        made = Call(Callee.ARS, NOW, "LM", "Plateforme", "Rappel à midi")
        opening.call(session, number, made)
        opening.note_measure(session, number, "keep", "LM", "Restes dans CF 2", NOW)
    text = printed(kitchen)
    for words in (
        "TI-2026-11-22",
        "La Tablée",
        "3 personnes",
        "03 88 00 00 00",
        "Plateforme",
        "Restes dans CF 2",
        "Poulet <fermier> & riz",
        "PF-2291",
        "Clayette 2",
        "confidentiel",
        "9,5",
    ):
        assert words in text.replace("\u00a0", " "), words
    assert text.count("Ne rien jeter") >= 4
    assert "Vieux gratin" not in text


def test_blank_sheets_are_there_before_anything_happens(any_book):
    text = printed(any_book)
    assert "Qui appeler" in text
    assert "15" in text
    assert "TI-2026-" in text


def test_a_closed_suspicion_takes_nothing_more_and_stays_frozen(kitchen):
    number = suspect(kitchen)
    with kitchen.action("Mesure") as session:
        opening.note_measure(session, number, "", "LM", "DDPP venue", NOW)
    with kitchen.action("Clore") as session:
        opening.close(session, number, "LM", "Virus", NOW)
    with pytest.raises(SealedError), kitchen.action("Mesure") as session:
        opening.note_measure(session, number, "", "LM", "Encore", NOW)
    with pytest.raises(UserError, match="déjà"), kitchen.action("Clore") as session:
        opening.close(session, number, "LM", "Virus", NOW)
    with kitchen.read() as session:
        assert opening.current(session) is None
        assert [hold.is_open for hold in holds(session)] == [True]
        assert verify(session) == []
    assert "Virus" in printed(kitchen)


@pytest.mark.parametrize("missing", ["by", "words"])
def test_a_measure_is_signed_and_says_something(kitchen, missing):
    number = suspect(kitchen)
    by, words = ("", "Fait") if missing == "by" else ("LM", " ")
    with pytest.raises(UserError), kitchen.action("Mesure") as session:
        opening.note_measure(session, number, "", by, words, NOW)


def test_no_column_of_the_book_could_hold_who_is_ill():
    columns = {
        column.key
        for each in (model.Outbreak, model.OutbreakCall, model.OutbreakMeasure)
        for column in inspect(each).columns
    }
    assert columns <= {
        *("id", "sealed_at", "outbreak_id", "hold_id", "at", "by", "words", "step", "callee"),
        *("spoke_to", "opened_at", "opened_by", "first", "end", "ill", "diners", "days_before"),
        *("closed_at", "closed_by", "conclusion"),
    }


def test_the_list_and_the_certificate_say_what_goes_and_what_went(any_book):
    with any_book.action("Vieux") as session:
        session.add(Canteen(name="La Tablée"))
        for lot in ("A", "B"):
            day = date(2019, 1, 8)
            session.add(TracedUse(day=day, product="Riz", lot=lot, recorded_at=NOW))
    assert "2" in printed(any_book, write_list)
    with any_book.action("Purge", undoable=False) as session:
        purge(session, {"traced_use"}, 2, "LM", NOW)
    text = printed(any_book, write_certificates, Period.year(date(2026, 1, 1))).replace(
        "\u00a0", " "
    )
    for words in ("Certificat n° 1", "08/01/2019", "LM", "Sauvegardes", "30/11/2027"):
        assert words in text
    with any_book.read() as session:
        assert session.scalars(select(TracedUse)).all() == []
    none = printed(any_book, write_certificates, Period.year(date(2025, 1, 1)))
    assert "Rien n’a été détruit" in none
