"""Probes: at how many degrees water boils, checks, and what a wrong one makes doubtful."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import catalogue, recording, units
from cantine_desktop.hygiene.equipment import keeping
from cantine_desktop.hygiene.equipment.boiling import boiling_point
from cantine_desktop.hygiene.equipment.calibration import judge_check
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest, Equipment
from cantine_desktop.hygiene.food.choices import MakingPoint
from cantine_desktop.hygiene.food.cooling import COOLING
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.making import MAKING
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Origin, Slot
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.hygiene.registers import probes
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.recording import add
from cantine_desktop.hygiene.registers.signing import sign_sheet
from cantine_desktop.hygiene.suspects import suspects_of, wrong_checks
from cantine_desktop.values.period import Period

PARIS = ZoneInfo("Europe/Paris")
YEAR = 2026
ICE, BOIL, COMPARE = CalibrationTest.ICE, CalibrationTest.BOIL, CalibrationTest.COMPARE


def march(day):
    return date(YEAR, 3, day)


def at(day, hour, minute=0):
    return datetime(YEAR, 3, day, hour, minute, tzinfo=PARIS)


@pytest.fixture
def kitchen(book):
    """A fridge, and two probes."""
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="1234567"))
        units.add(session, "CF 1")
        keeping.add(session, "Sonde bleue", EquipmentKind.PROBE)
        keeping.add(session, "Sonde rouge", EquipmentKind.PROBE)
    return book


def check(book, day, shown, instrument="Sonde bleue", test=ICE, **more):
    with book.action("Étalonnage") as session:
        record = Calibration(
            day=day,
            recorded_at=book.clock(),
            instrument=instrument,
            test=test,
            shown=Decimal(shown),
            **more,
        )
        session.add(record)
        record.verdict = judge_check(session, record).verdict
        return record.verdict


def read(book, day, probe="", slot=Slot.MORNING, hour=None, celsius="3.1"):
    with book.action("Relevé") as session:
        entry = Entry(Spot(1, day, slot), Decimal(celsius))
        how = Taken(Origin.PAPER, "AM", hour, probe)
        recording.record_many(session, [entry], book.clock(), how)


def doubtful(book, place=0):
    with book.read() as session:
        found = wrong_checks(session)
        return [each.day.day for each in suspects_of(session, found[place])]


@pytest.mark.parametrize(
    ("altitude", "celsius"),
    [(0, "100.0"), (400, "98.7"), (140, "99.5"), (1000, "96.7"), (1850, "93.9"), (2500, "91.7")],
)
def test_water_boils_at_less_than_100_degrees_above_the_sea(altitude, celsius):
    assert boiling_point(altitude) == Decimal(celsius)


def test_water_boils_at_less_and_less_as_one_climbs():
    points = [boiling_point(metres) for metres in range(-400, 5001, 50)]
    assert points == sorted(points, reverse=True)
    with pytest.raises(ValueError, match="no canteen"):
        boiling_point(8848)


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("1", Verdict.CONFORM),
        ("1.2", Verdict.BREACH),
        ("-1", Verdict.CONFORM),
        ("-1.1", Verdict.BREACH),
    ],
)
def test_ice_is_read_within_one_degree(kitchen, shown, verdict):
    assert check(kitchen, march(1), shown) is verdict


@pytest.mark.parametrize(
    ("altitude", "shown", "verdict"),
    [
        (None, "99.2", Verdict.CONFORM),
        (None, "98.7", Verdict.BREACH),
        (400, "98.7", Verdict.CONFORM),
        (400, "97.7", Verdict.CONFORM),
        (400, "97.6", Verdict.BREACH),
        (400, "100.0", Verdict.BREACH),
    ],
)
def test_boiling_water_is_judged_where_the_canteen_stands(kitchen, altitude, shown, verdict):
    with kitchen.action("Altitude") as session:
        keeping.set_altitude(session, altitude)
    assert check(kitchen, march(1), shown, test=BOIL) is verdict


def test_a_check_without_a_figure_or_an_instrument_is_not_done(kitchen):
    assert check(kitchen, march(1), "0.2", instrument="  ") is Verdict.NOT_DONE
    assert check(kitchen, march(1), "3.2", test=COMPARE) is Verdict.NOT_DONE
    with kitchen.read() as session:
        nothing = Calibration(day=march(1), recorded_at=kitchen.clock(), instrument="x", test=ICE)
        assert judge_check(session, nothing).verdict is Verdict.NOT_DONE


def test_an_altitude_nobody_cooks_at_is_refused(kitchen):
    with pytest.raises(UserError, match="mètres"), kitchen.action("Altitude") as session:
        keeping.set_altitude(session, 40_000)


def test_a_probe_found_wrong_lists_exactly_the_readings_since_its_last_good_check(kitchen):
    for day in range(1, 26):
        read(kitchen, march(day), "Sonde bleue")
    check(kitchen, march(1), "0.3")
    check(kitchen, march(20), "2.4")
    check(kitchen, march(23), "0.1")
    assert doubtful(kitchen) == list(range(2, 24)), "the day of a check comes before the check"


def test_hours_decide_on_the_day_of_a_check(kitchen):
    check(kitchen, march(1), "0.3", occurred_at=at(1, 9))
    read(kitchen, march(1), "Sonde bleue", Slot.MORNING, at(1, 8, 30))
    read(kitchen, march(1), "Sonde bleue", Slot.EVENING, at(1, 15))
    check(kitchen, march(3), "2.4", occurred_at=at(3, 12))
    check(kitchen, march(3), "0.0", occurred_at=at(3, 14))
    read(kitchen, march(3), "Sonde bleue", Slot.MORNING, at(3, 13))
    read(kitchen, march(3), "Sonde bleue", Slot.EVENING, at(3, 16))
    with kitchen.read() as session:
        (found,) = wrong_checks(session)
        listed = [(each.day.day, each.when) for each in suspects_of(session, found)]
    assert listed == [(1, "soir"), (3, "matin")]


def test_of_two_probes_only_the_wrong_one_makes_doubtful(kitchen):
    check(kitchen, march(1), "0.3")
    read(kitchen, march(4), "Sonde rouge")
    read(kitchen, march(5), "sonde  BLEUE")
    read(kitchen, march(6), "Sonde rouge")
    check(kitchen, march(20), "2.4")
    assert doubtful(kitchen) == [5]


def cool(book, day, probe=""):
    with book.action("Refroidir") as session:
        values = {"day": march(day), "dish": f"Riz {day}", "end_celsius": Decimal(8)}
        add(session, COOLING, {**values, "probe": probe}, book.clock())


def test_temperatures_of_dishes_that_name_no_probe_are_all_listed_and_said_to_be(kitchen):
    check(kitchen, march(1), "0.3")
    cool(kitchen, 4, "Sonde rouge")
    cool(kitchen, 5)
    cool(kitchen, 6, "celle du tiroir")
    check(kitchen, march(20), "2.4")
    cool(kitchen, 21)
    with kitchen.read() as session:
        (found,) = wrong_checks(session)
        listed = [(each.day.day, each.is_named) for each in suspects_of(session, found)]
    assert listed == [(5, False), (6, False)], "after the 20th another probe was taken"


def test_a_cold_unit_read_on_its_own_display_is_not_doubtful_by_a_probe(kitchen):
    check(kitchen, march(1), "0.3")
    read(kitchen, march(4))
    read(kitchen, march(5), "Sonde bleue")
    read(kitchen, march(6), "celle du tiroir")
    check(kitchen, march(20), "2.4")
    assert doubtful(kitchen) == [5, 6]


def test_a_figure_of_a_label_was_measured_by_no_probe(kitchen):
    with kitchen.action("Réception") as session:
        values = {"day": march(9), "product": "Lait", "label_celsius": Decimal(4)}
        add(session, GOODS, values, kitchen.clock())
    check(kitchen, march(20), "2.4")
    assert doubtful(kitchen) == []


def test_degrees_measured_while_a_dish_is_made_count_and_minutes_do_not(kitchen):
    with kitchen.action("Fabrication") as session:
        for point in (MakingPoint.COLD_WORK, MakingPoint.RAW_WASHED, MakingPoint.GIVEN_AWAY):
            values = {"day": march(9), "dish": point.name, "point": point, "value": Decimal(5)}
            add(session, MAKING, values, kitchen.clock())
    check(kitchen, march(20), "2.4")
    with kitchen.read() as session:
        (found,) = wrong_checks(session)
        listed = {each.subject for each in suspects_of(session, found)}
    assert listed == {"COLD_WORK", "GIVEN_AWAY"}


def test_a_sheet_names_its_probe_once_for_the_week(kitchen):
    week = Period.week(march(4))
    cool(kitchen, 3)
    cool(kitchen, 4)
    with kitchen.action("Sonde") as session:
        assert probes.name_probe(session, COOLING, week, " Sonde rouge ") == 2
    cool(kitchen, 5)
    with kitchen.action("Sonde") as session:
        changed = probes.name_probe(session, COOLING, week, "Sonde bleue")
        assert changed == 1, "what was measured with the former one keeps it"
        named = probes.probes_of(records_of(session, COOLING, week))
    assert named == ("Sonde rouge", "Sonde bleue")
    check(kitchen, march(20), "2.4")
    assert doubtful(kitchen) == [5]
    with kitchen.action("Reprendre") as session:
        assert probes.name_probe(session, COOLING, week, "") == 3
    with kitchen.action("Signer") as session:
        sign_sheet(session, COOLING, week.first, "AM", "", kitchen.clock())
    with pytest.raises(SealedError, match="signée"), kitchen.action("Sonde") as session:
        probes.name_probe(session, COOLING, week, "Sonde bleue")


def test_only_sheets_that_measure_without_a_column_of_probes_ask_for_one():
    asked = {each.key for each in catalogue.REGISTERS if probes.names_one_probe(each)}
    assert asked == {"goods", "making", "cooling", "services", "oil"}


def test_a_probe_never_good_makes_everything_doubtful(kitchen):
    read(kitchen, date(2025, 1, 2), "Sonde bleue")
    cool(kitchen, 2)
    check(kitchen, march(20), "2.4")
    with kitchen.read() as session:
        (found,) = wrong_checks(session)
        assert found.last_good is None
        assert len(suspects_of(session, found)) == 2


def test_a_probe_that_changed_its_name_is_still_the_same(kitchen):
    check(kitchen, march(1), "0.3")
    read(kitchen, march(5), "Sonde bleue")
    with kitchen.action("Renommer") as session:
        keeping.change(session, 1, name="Sonde 1", number="S1")
    read(kitchen, march(6), "s1")
    check(kitchen, march(20), "2.4", instrument="Sonde 1")
    assert doubtful(kitchen) == [5, 6]


def test_a_second_bad_check_is_the_same_trouble_and_a_good_one_ends_it(kitchen):
    check(kitchen, march(1), "0.3")
    check(kitchen, march(10), "2.4")
    check(kitchen, march(12), "97.0", test=BOIL)
    check(kitchen, march(15), "0.2")
    check(kitchen, march(25), "-3")
    with kitchen.read() as session:
        found = wrong_checks(session)
    assert [(each.found_on.day, each.last_good.day) for each in found] == [(25, 15), (10, 1)]


def test_a_display_found_wrong_lists_the_readings_of_its_unit_that_name_no_probe(kitchen):
    with kitchen.action("Une autre") as session:
        units.add(session, "CF 2")
    check(kitchen, march(1), "3.0", instrument="CF 1", test=COMPARE, expected=Decimal("3.4"))
    read(kitchen, march(4))
    read(kitchen, march(5), "Sonde rouge")
    check(kitchen, march(20), "3.0", instrument="CF 1", test=COMPARE, expected=Decimal("4.4"))
    assert doubtful(kitchen) == [4]


def test_a_corrected_check_is_no_longer_wrong(kitchen):
    check(kitchen, march(20), "2.4")
    with kitchen.action("Corriger") as session:
        record = Calibration(
            day=march(20),
            recorded_at=kitchen.clock(),
            instrument="Sonde bleue",
            test=ICE,
            shown=Decimal("0.4"),
            corrects_id=1,
        )
        session.add(record)
        record.verdict = judge_check(session, record).verdict
    with kitchen.read() as session:
        assert not wrong_checks(session)


def test_the_temperatures_of_every_register_are_looked_at(kitchen):
    warm = [
        register
        for register in catalogue.REGISTERS
        if any(column.kind == "celsius" and column.compute is None for column in register.columns)
    ]
    for register in warm:
        column = next(column for column in register.columns if column.kind == "celsius")
        with kitchen.action("Noter") as session:
            record = register.model(day=march(9), recorded_at=kitchen.clock(), probe="Sonde bleue")
            setattr(record, column.key, Decimal(61))
            session.add(record)
    check(kitchen, march(1), "0.3")
    check(kitchen, march(20), "2.4")
    with kitchen.read() as session:
        (found,) = wrong_checks(session)
        listed = {each.register for each in suspects_of(session, found)}
    assert listed == {register.key for register in warm}


def test_a_name_already_taken_is_refused_and_a_new_one_numbered(kitchen):
    with kitchen.action("Ajouter") as session:
        assert keeping.add(session, "Sonde bleue", EquipmentKind.PROBE).name == "Sonde bleue 2"
    with pytest.raises(UserError, match="Sonde rouge"), kitchen.action("Renommer") as session:
        keeping.change(session, 1, number="sonde rouge")


def test_a_checked_probe_is_retired_not_deleted(kitchen):
    check(kitchen, march(1), "0.3")
    with pytest.raises(UserError, match="date de fin"), kitchen.action("Ôter") as session:
        keeping.remove(session, 1)
    with kitchen.action("Ôter") as session:
        keeping.remove(session, 2)
    with kitchen.read() as session:
        assert session.get(Equipment, 2) is None


def test_a_year_of_readings_is_searched_at_once(kitchen):
    with kitchen.action("Une année") as session:
        days = [march(1) - timedelta(days=n) for n in range(360)]
        entries = [Entry(Spot(1, day, slot), Decimal("3.1")) for day in days for slot in Slot]
        how = Taken(Origin.PAPER, "AM", None, "Sonde bleue")
        recording.record_many(session, entries, kitchen.clock(), how)
    check(kitchen, march(2), "2.4")
    assert len(doubtful(kitchen)) == 720
