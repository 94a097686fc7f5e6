"""The sheets of food and the weekly kit, read back from the paper."""

import time
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from reportlab.lib.units import mm
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import Equipment
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.plan.adapting import USUAL_TRAITS
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.states import counts, state_of
from cantine_desktop.office.catalogue import documents
from cantine_desktop.office.weekly_kit import sheets_of
from cantine_desktop.values.period import Period
from tests.documents.reading import clipped, letters, pages

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(MONDAY)
KEYS = (
    "goods", "use_by", "cooking", "cooling", "reheating", "services", "oil", "samples", "making",
)  # fmt: skip


def at(day, hours, minutes=0):
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=PARIS)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée du Faubourg", open_weekdays="2345", seats=35))
        unit = ColdUnit(
            name="CF 1", kind=UnitKind.COLD_ROOM, maximum=Decimal(4), tolerance=Decimal(2)
        )
        session.add(unit)
    return book


def write(book, key, period=WEEK):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, period, book.clock(), target)
    return target.getvalue()


def add(book, key, day=TUESDAY, **values):
    with book.action("Fiche") as session:
        register = register_of(key)
        return recording.add(session, register, {"day": day, **values}, book.clock()).id


def adapt(book, regime, *traits):
    with book.action("Plan") as session:
        drafting.adapt(session, regime, {*USUAL_TRAITS, *traits})
        signed = drafting.Signed("Première version", "Ouverture", "Léa", "LM")
        drafting.put_in_force(session, date(2026, 9, 1), signed, book.clock())


def kit(book):
    with book.read() as session:
        return [document.key for document in sheets_of(session, WEEK)]


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_sheet_fits_one_page_with_rows_that_a_hand_can_fill(canteen, key):
    content = write(canteen, f"{key}-week-blank")
    assert check_pdfa(content) == []
    (text,) = pages(content)
    register = register_of(key)
    assert f"{register.letter}-2026-S47" in text
    assert "Limites : " in text
    assert "conforme à la réglementation" not in text
    assert not clipped(content, 8 * mm)


@pytest.mark.parametrize("key", KEYS)
def test_no_head_of_a_column_is_cut_in_the_middle_of_a_word(canteen, key):
    (text,) = pages(write(canteen, f"{key}-week-blank"))
    words = text.split()
    for column in register_of(key).columns:
        heads = (column.group, column.short) if column.group else (column.title,)
        for head in heads:
            for word in head.split():
                assert word in words, (head, word)


def test_receptions_have_twelve_rows_under_group_heads(canteen):
    (text,) = pages(write(canteen, "goods-week-blank"))
    for head in ("Date limite", "Température °C", "C ou NC", "N° de lot", "Visa"):
        assert head in text
    assert "poisson frais ≤ 2 °C" in text
    assert "périssable ≤ 8 °C" in text
    assert "livré chaud" not in text


def test_a_week_typed_with_holes_prints_its_holes(canteen):
    start = {"started_at": at(TUESDAY, 14, 30), "start_celsius": Decimal(64)}
    end = {"ended_at": at(TUESDAY, 16, 10), "end_celsius": Decimal(9)}
    add(canteen, "cooling", dish="Gratin", **start, **end)
    add(canteen, "cooling", dish="Riz", **start)
    text = " ".join(pages(write(canteen, "cooling-week")))
    assert "100" in text
    assert "incomplète" in text
    assert "—" in text
    assert "1 ligne incomplète" in text
    former = date(2026, 11, 11)
    add(canteen, "services", former, dish="Gratin", temper="hot", start_celsius=Decimal(70))
    text = " ".join(pages(write(canteen, "services-week", Period.week(former))))
    assert "Il manque 4 lignes attendues" in text
    assert "1 ligne incomplète" in text


def test_four_dishes_of_one_day_make_up_for_no_other_day(canteen):
    hot = {"temper": "hot", "start_celsius": Decimal(70), "end_celsius": Decimal(66)}
    for dish in ("Soupe", "Gratin", "Riz", "Compote"):
        add(canteen, "services", dish=dish, discarded=True, **hot)
    with canteen.read() as session:
        state = state_of(session, register_of("services"), MONDAY)
        found = counts(session, register_of("services"), WEEK)
    assert (state.rows, state.due, state.missing) == (4, 7, 3)
    assert (found.due, found.done, found.missing) == (7, 4, 3)


def test_a_filled_reception_is_read_back_as_it_was_typed(canteen):
    add(
        canteen,
        "goods",
        occurred_at=at(TUESDAY, 8, 55),
        came="delivered",
        supplier="Marée du Port",
        delivery_note="88213",
        product="Filet de lieu noir",
        ware="fresh_fish",
        quantity="6,5 kg",
        lot="ZN271114",
        use_by=date(2026, 11, 19),
        celsius=Decimal(7),
        wrapped=True,
        decision="refused",
        note="Rendu au livreur",
        initials="AM",
    )
    text = " ".join(pages(write(canteen, "goods-week")).pop(0).split())
    for word in ("08:55", "Livré", "88213", "ZN271114", "19/11/26", "7,0", "Refusé", "AM", "▲"):
        assert word in text, word
    assert "Marée du Port" in text
    with canteen.read() as session:
        (record,) = records_of(session, register_of("goods"), WEEK)
        assert state_of(session, register_of("goods"), MONDAY).rows == 1
        assert (record.lot, record.celsius) == ("ZN271114", Decimal(7))


def test_the_filled_sheet_says_the_limit_of_each_product(canteen):
    goods = {"supplier": "Bocage", "decision": "accepted", "celsius": Decimal(2)}
    add(canteen, "goods", product="Haché", ware="minced_meat", **goods)
    add(canteen, "goods", product="Beurre", ware="perishable", **goods)
    add(canteen, "goods", product="Yaourts", ware="perishable", label_celsius=Decimal(6), **goods)
    with canteen.read() as session:
        limit = next(each for each in register_of("goods").columns if each.key == "limit")
        found = [limit.compute(each) for each in records_of(session, register_of("goods"), WEEK)]
    assert found == ["2", "8", "6"]


def test_the_page_of_the_stove_holds_three_grids_and_three_ids(canteen):
    content = write(canteen, "kitchen-week-blank")
    assert check_pdfa(content) == []
    (text,) = pages(content)
    for words in ("CU-2026-S47", "FR-2026-S47", "RT-2026-S47", "Visa du responsable", "63 °C"):
        assert words in text
    assert not clipped(content, 8 * mm)


def test_the_kit_of_a_small_canteen_holds_what_its_plan_asks_for_and_nothing_more(canteen):
    assert kit(canteen) == [
        "temperatures-week-blank",
        "goods-week-blank",
        "use_by-week-blank",
        "kitchen-week-blank",
        "making-week-blank",
        "services-week-blank",
        "samples-week-blank",
        "briefing-week-blank",
        "checks-week-blank",
    ]
    started = time.perf_counter()
    content = write(canteen, "weekly-kit")
    assert time.perf_counter() - started < 3
    assert check_pdfa(content) == []
    text = " ".join(pages(content))
    for letter in ("T", "RE", "DL", "CU", "FR", "RT", "FA", "SV", "PT", "JO", "HE"):
        assert f"{letter}-2026-S47" in text


def test_a_fryer_adds_its_sheet_and_passers_by_take_the_samples_away(canteen):
    adapt(canteen, Regime.COMMERCIAL, "has:fryer")
    with canteen.action("Friteuse") as session:
        session.add(Equipment(name="Friteuse du fond", kind=EquipmentKind.FRYER))
    assert "oil-week-blank" in kit(canteen)
    assert "samples-week-blank" not in kit(canteen)
    assert "Friteuse du fond" in " ".join(pages(write(canteen, "weekly-kit")))


def test_a_canteen_of_many_dishes_has_a_sheet_for_each_step(canteen):
    with canteen.action("Grandir") as session:
        session.get_one(Canteen, 1).seats = 120
    found = kit(canteen)
    assert "kitchen-week-blank" not in found
    assert [key for key in found if key in {f"{step}-week-blank" for step in KEYS[2:5]}] == [
        "cooking-week-blank",
        "cooling-week-blank",
        "reheating-week-blank",
    ]


def test_hostile_words_stay_inside_their_cells(canteen):
    long = "Émincé de volaille fermière Label Rouge à la crème d’estragon " * 4
    add(
        canteen,
        "goods",
        product=long,
        supplier="<b>&amp;</b>" * 20,
        lot="L" * 80,
        note="☠ 中文 " + long,
        ware="meat_prep",
        celsius=Decimal("-59.9"),
        decision="reserve",
    )
    content = write(canteen, "goods-week")
    assert not clipped(content, 8 * mm)
    assert "L" * 8 in "".join(character for _page, character, *_box in letters(content))


def test_a_recommendation_is_never_said_to_stand_in_a_text(canteen):
    text = " ".join(pages(write(canteen, "cooking-week-blank")))
    assert "recommandation (Fiches Anses, barèmes de cuisson)" in text
    assert "annexe IV" not in text
    oil = " ".join(pages(write(canteen, "oil-week-blank")))
    assert "texte (Décret 2008-184" in oil
    assert "source secondaire" in oil


def test_the_sheet_of_samples_cites_its_text_once_and_without_nested_parentheses(canteen):
    text = " ".join(pages(write(canteen, "samples-week-blank")))
    assert "texte (Arrêté du 21 décembre 2009, annexe IV, plats témoins), recommandation." in text


def test_years_are_written_as_years_and_a_legal_span_is_no_choice(canteen):
    assert "À conserver 5 ans (choix" in " ".join(pages(write(canteen, "goods-week-blank")))
    (text,) = pages(write(canteen, "allergen-refusals-week-blank"))
    assert "À conserver 3 ans (Code de la consommation" in text


def test_the_checks_of_a_small_canteen_share_one_page_with_both_ids(canteen):
    assert "checks-week-blank" in kit(canteen)
    assert not {"day-checks-week-blank", "week-checks-week-blank"} & {*kit(canteen)}
    content = write(canteen, "checks-week-blank")
    (text,) = pages(content)
    assert "JO-2026-S47 · HE-2026-S47" in text
    assert not clipped(content, 8 * mm)


def test_the_checks_of_a_canteen_open_every_day_cut_no_word(canteen):
    with canteen.action("Ouvrir") as session:
        session.scalars(select(Canteen)).one().open_weekdays = "1234567"
    text = " ".join(pages(write(canteen, "day-checks-week-blank")))
    assert "…" not in text
    assert text.count("Ferm.") == 7
