"""The recall file and the drill: where a lot went, who ate it, counted."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.food.facts import (
    DishSampled,
    GoodsChecked,
    record_goods,
    record_sample,
)
from cantine_desktop.hygiene.recalls.files import read_list
from cantine_desktop.hygiene.recalls.holding import judge as judge_everywhere
from cantine_desktop.hygiene.recalls.recall_file import (
    write_lot_file,
    write_notice_file,
    write_recall_files,
)
from cantine_desktop.meals.consumption.drills import drills, keep_drill
from cantine_desktop.meals.consumption.using import use_for_service
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.supply.recalls.judging import judge
from cantine_desktop.supply.recalls.model import (
    RecallDrill,
    RecallMatch,
    RecallNotice,
    RecallVerdict,
)
from cantine_desktop.supply.stock.model import LossStage
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.supply.stock.writing import Out
from cantine_desktop.values.period import DAY, Period
from tests.meals.menu_book import gratin
from tests.meals.test_consumption import closed, lunch, products
from tests.supply.shelves import NOW, TODAY, add_lot
from tests.supply.test_recalls import listed
from tests.supply.test_recalls import notice as recalled

YEAR = Period.year(TODAY)


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def lot(session):
    """Fifty kilos of squash: two services ate of them, some was thrown away, the rest is there."""
    recipe = gratin(session)
    key = add_lot(session, products(recipe)[0], 50_000, code="LOT-7")
    for ago, diners in enumerate((20, 21)):
        service, _dish = lunch(session, recipe, ago)
        use_for_service(session, service, diners, NOW, NOW)
        closed(session, service, diners)
    lose(session, key, Decimal(500), LossStage.STORAGE, NOW, NOW, Out(reason="abîmé"))
    return key


@pytest.fixture
def notice(session, lot):
    made = RecallNotice(
        sheet="2026-11-0042", published_on=TODAY - DAY, product="Courge butternut",
        imported_at=NOW, reason="Pesticide", lots="lot LOT-7",
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add(RecallMatch(notice_id=made.id, lot_id=lot, why="même numéro de lot"))
    session.flush()
    return made


def text_of(write, session, period=YEAR):
    target = BytesIO()
    write(session, period, NOW, target)
    pdf = pypdfium2.PdfDocument(target.getvalue())
    words = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_file_says_where_the_lot_came_from_where_it_went_and_what_is_left(session, notice):
    words = text_of(write_notice_file(notice.id), session)
    assert "Avis de rappel n° 2026-11-0042" in words
    assert "Pesticide" in words
    assert "1 lot, servi à 2 services, 41 convives." in words
    for shown in ("50 kg", "jeté", "500 g", "encore là", "39,25 kg", "retrouvé", "100 %"):
        assert shown in words


def test_the_file_keeps_what_was_decided_and_by_whom(session, notice):
    [match] = session.query(RecallMatch)
    judge(session, match.id, RecallVerdict.TOUCHED, NOW, "AM")
    words = text_of(write_notice_file(notice.id), session)
    assert "mis de côté, Avis de rappel n° 2026-11-0042, AM" in words


def test_a_lot_without_a_notice_has_its_file_too_and_it_is_an_archive(session, lot):
    assert "Gratin de courge" in text_of(write_lot_file(lot), session)
    target = BytesIO()
    write_lot_file(lot)(session, YEAR, NOW, target)
    assert check_pdfa(target.getvalue()) == []


@pytest.mark.usefixtures("notice")
def test_a_year_without_a_recall_says_so(session):
    later = Period(TODAY + DAY, TODAY + 2 * DAY)
    assert "Aucun lot n’est visé" in text_of(write_recall_files, session, later)
    assert "Courge butternut" in text_of(write_recall_files, session)


def test_a_drill_is_kept_sealed_with_its_time_and_what_was_found(session, lot):
    drill = keep_drill(session, lot, 12, "AM", NOW, seconds=240, words="étagère du haut")
    [row] = drills(session)
    assert (row.lot, row.services, row.people, row.seconds) == ("LOT-7", 2, 41, 240)
    assert row.accounted == Decimal(1)
    assert drill.is_sealed


def test_a_drill_needs_a_name_and_a_possible_time(session, lot):
    with pytest.raises(UserError, match="initiales"):
        keep_drill(session, lot, 12, " ", NOW)
    with pytest.raises(UserError, match="24 heures"):
        keep_drill(session, lot, 12, "AM", NOW, seconds=-1)
    assert session.query(RecallDrill).count() == 0


def test_the_newest_drill_comes_first(session, lot):
    keep_drill(session, lot, 12, "AM", NOW - timedelta(days=90))
    keep_drill(session, lot, 12, "BZ", NOW)
    assert [row.by for row in drills(session)] == ["BZ", "AM"]


def test_the_file_tells_the_sheets_of_hygiene_the_non_conformity_and_the_samples(session, notice):
    day = TODAY - DAY
    goods = GoodsChecked(day, "Courge butternut", "Ferme", lot="LOT-7", quantity="2 caisses")
    record_goods(session, goods, NOW)
    served = session.query(MealService.day).order_by(MealService.day).first()[0]
    for dish, number in (("Gratin de courge", "2311-2"), ("Salade", "2311-1")):
        record_sample(session, DishSampled(served, dish, number=number, place="Frigo"), NOW)
    [match] = session.query(RecallMatch)
    judge_everywhere(session, match.id, RecallVerdict.TOUCHED, NOW, "AM")
    words = text_of(write_notice_file(notice.id), session)
    assert "Non-conformité NC-2026-001 : à traiter." in words
    assert "Contrôle à réception des marchandises, Courge butternut, 2 caisses" in words
    assert "Plats témoins encore gardés : ne les jetez pas" in words
    assert "2311-2" in words
    assert "2311-1" not in words


def test_food_that_the_sheets_alone_know_has_its_file(session):
    goods = GoodsChecked(TODAY, "Tomme au lait cru", "Marché", lot="HB-4512", quantity="2 pièces")
    record_goods(session, goods, NOW)
    read_list(session, listed(recalled(lots="HB4512")), NOW)
    words = text_of(write_recall_files, session)
    assert "Sur les fiches d’hygiène seulement" in words
    assert "HB-4512 2 pièces" in words
    assert "mis de côté" in words
