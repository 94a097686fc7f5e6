"""The papers of equipment and of the kitchen, read back."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene import recording, units
from cantine_desktop.hygiene.equipment import certificates, keeping, maintenance
from cantine_desktop.hygiene.equipment.calibration import CALIBRATION
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.maintenance import About
from cantine_desktop.hygiene.equipment.model import CalibrationTest
from cantine_desktop.hygiene.kitchen.briefing import RULES
from cantine_desktop.hygiene.kitchen.model import Course
from cantine_desktop.hygiene.kitchen.poster import SENTENCES
from cantine_desktop.hygiene.kitchen.training import TRAINING
from cantine_desktop.hygiene.model import Origin, Slot
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.hygiene.registers import recording as registers
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period
from tests.documents.reading import SPACES, clipped, pages, picture

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
LONG = "Étuve à plats témoins de la réserve du fond, deuxième porte à gauche " * 3


@pytest.fixture
def kitchen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345", altitude=400))
        units.add(session, "CF 1")
        keeping.add(session, "Sonde bleue", EquipmentKind.PROBE)
        keeping.add(session, "Four mixte", EquipmentKind.OVEN)
    return book


def printed(book, key, period=WEEK):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, period, book.clock(), target)
    return target.getvalue()


def words(content):
    return " ".join(" ".join(page.split()) for page in pages(content))


def plain(text):
    return text.translate(SPACES)


def test_the_sign_in_list_has_a_page_a_day_with_the_five_rules(kitchen):
    found = pages(printed(kitchen, "cooks-sign-in"))
    assert len(found) == 4
    assert "Mardi 17 novembre 2026" in found[0]
    for page in found:
        said = " ".join(page.split())
        assert "AC-2026-S47" in said
        for rule in RULES:
            assert plain(rule) in said


def test_every_day_of_the_sign_in_list_has_fifteen_lines_a_hand_can_fill(kitchen):
    ink = picture(printed(kitchen, "cooks-sign-in"), scale=2)
    column = ink[:, int(ink.shape[1] * 0.2)]
    dark = [place for place, grey in enumerate(column) if grey < 220]
    lines = [place for place in dark if place - 1 not in dark]
    gaps = sorted(b - a for a, b in pairwise(lines))
    tall = [gap for gap in gaps if gap >= 2 * 8 * 72 / 25.4 - 1]
    assert len(tall) >= 15


def test_the_poster_is_one_page_of_large_words_in_black_and_white(kitchen):
    content = printed(kitchen, "kitchen-rules-poster")
    (page,) = pages(content)
    said = " ".join(page.split())
    for large, small in SENTENCES:
        assert plain(large) in said
        assert plain(small) in said
    assert not clipped(content, 8)
    assert len(SENTENCES) == 6


def test_the_calibration_sheet_says_at_what_water_boils_here(kitchen):
    said = words(printed(kitchen, "calibration-week-blank"))
    assert "ET-2026-S47" in said
    assert "98,7 °C à 400 m d’altitude" in said


def test_the_register_of_equipment_says_limits_checks_and_what_comes_next(kitchen):
    now = kitchen.clock()
    with kitchen.action("Noter") as session:
        registers.add(
            session,
            CALIBRATION,
            {
                "day": FRIDAY,
                "instrument": "Sonde bleue",
                "test": CalibrationTest.ICE,
                "shown": Decimal("0.4"),
                "expected": Decimal(0),
                "initials": "AM",
            },
            now,
        )
        visit = maintenance.note_visit(session, About(2), date(2026, 2, 3), "Révision", now)
        maintenance.change_visit(session, visit.id, now, next_due=date(2027, 2, 3), by="Chaud 67")
        maintenance.open_ticket(session, None, "Carrelage fendu", now, unit_id=1)
    said = words(printed(kitchen, "equipment-register"))
    for part in ("CF 1", "≤ 4 °C", "20/12/2026", "03/02/2027", "Chaud 67", "Carrelage fendu"):
        assert part in said, part
    assert "≤ 4" in said


def test_the_register_of_documents_says_what_is_missing(kitchen):
    with kitchen.action("Noter") as session:
        added = certificates.add(session, "Récépissé de la DDPP", "DOC-01")
        certificates.change(session, added.id, reference="13984*06", place="Classeur rouge")
    said = words(printed(kitchen, "documents-register"))
    assert "À trouver ou à renouveler : Attestation de formation à l’hygiène (14 h)." in said
    assert "13984*06" in said
    assert "manque" in said


def test_the_page_of_a_wrong_probe_lists_its_temperatures(kitchen):
    now = kitchen.clock()
    with kitchen.action("Relever") as session:
        for day in (3, 4, 5, 6):
            entry = Entry(Spot(1, date(2026, 11, day), Slot.MORNING), Decimal(f"3.{day}"))
            taken = Taken(Origin.PAPER, "AM", None, "Sonde bleue" if day % 2 else "celle du tiroir")
            recording.record_many(session, [entry], now, taken)
    for day, shown in ((3, "0.2"), (6, "2.4")):
        with kitchen.action("Vérifier") as session:
            values = {
                "day": date(2026, 11, day),
                "instrument": "Sonde bleue",
                "test": CalibrationTest.ICE,
                "shown": Decimal(shown),
                "expected": Decimal(0),
            }
            registers.add(session, CALIBRATION, values, now)
    said = words(printed(kitchen, "suspect-temperatures", Period.month(FRIDAY)))
    assert "3 températures à revoir" in said
    assert "3,3 °C" not in said, "before the last good check"
    for part in ("3,4 °C", "3,5 °C", "3,6 °C", "non noté", "cet instrument"):
        assert part in said, part
    empty = words(printed(kitchen, "suspect-temperatures", Period.month(date(2026, 1, 5))))
    assert "Aucun instrument" in empty


def test_the_register_of_training_says_who_is_to_be_trained(kitchen):
    assert "Aucune formation" in words(printed(kitchen, "training-register"))
    with kitchen.action("Former") as session:
        values = {
            "day": FRIDAY,
            "name": "A. Martin",
            "course": Course.MEETING,
            "signed": True,
            "hours": Decimal("1.5"),
        }
        registers.add(session, TRAINING, values, kitchen.clock())
    said = words(printed(kitchen, "training-register"))
    assert "1,5 h" in said
    assert "Livret d’accueil hygiène" in said


@pytest.mark.parametrize("key", ["equipment-register", "documents-register", "training-register"])
def test_very_long_words_and_many_rows_stay_on_the_page(kitchen, key):
    now = kitchen.clock()
    with kitchen.action("Beaucoup") as session:
        for rank in range(60):
            added = keeping.add(session, f"{LONG} {rank}", EquipmentKind.SCALE)
            keeping.change(session, added.id, place=LONG, number=f"N°{rank}" * 9)
            maintenance.open_ticket(session, added.id, LONG, now, responsible=LONG)
            certificates.add(session, f"{LONG} {rank}")
            values = {"day": FRIDAY, "name": f"{LONG} {rank}", "course": Course.OTHER}
            registers.add(session, TRAINING, values, now)
    content = printed(kitchen, key)
    assert not clipped(content, 20)
    assert len(pages(content)) > 2


def test_every_paper_says_that_its_figures_are_a_choice_and_never_that_it_complies(kitchen):
    for key in ("cooks-sign-in", "equipment-register", "calibration-week-blank"):
        said = words(printed(kitchen, key))
        assert "choix de la cantine" in said
        assert "réglementation en vigueur" not in said
