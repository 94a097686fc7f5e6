"""Recalls in the window: a list dropped, lots judged, the file, the exercise."""

import pytest
from PySide6.QtWidgets import QApplication

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_tables import LotState
from cantine_desktop.hygiene.food.facts import GoodsChecked, record_goods
from cantine_desktop.hygiene.lots import blocked_lots, release
from cantine_desktop.hygiene.recalls.files import IMPORTS
from cantine_desktop.hygiene.recalls.files import read_list as take
from cantine_desktop.meals.consumption.drills import drills
from cantine_desktop.supply.recalls.model import RecallMatch, RecallVerdict
from cantine_desktop.supply.stock.lots import is_blocked
from cantine_desktop.supply.stock.model import Lot
from tests.supply.shelves import add_lot, add_product
from tests.supply.test_recalls import listed, notice
from ui.desk import Desk
from ui.importing import ImportDialog
from ui.printing import PreviewDialog
from ui.supply.lot_file import DrillDialog, LotDialog
from ui.supply.recall_pane import RecallPane
from ui.supply.recalls import RecallsScreen
from ui.window import Window


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def lots(desk):
    with desk.book.action("départ") as session:
        tomme = add_product(session, "Tomme au lait cru")
        sure = add_lot(session, tomme, 3000, code="HB-4512", days=20)
        other = add_lot(session, tomme, 2000, code="HB-4513", days=20)
        return sure, other


@pytest.fixture
def screen(qtbot, desk, lots):
    assert lots
    with desk.book.action("liste") as session:
        take(session, listed(notice(lots="HB4512 | HB4513")), desk.book.clock())
    made = RecallsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.refresh()
    return made


def test_the_lots_beside_a_notice_are_shown_with_what_designates_them(screen):
    pane = screen.list.pane
    assert screen.subtitle.startswith("2 lots à regarder")
    assert "Listeria" in pane.said.text()
    assert "HB-451" in pane.why.text()
    assert len(pane.table.model.keys) == 2


def test_a_lot_that_is_not_the_one_goes_back_to_use_and_the_other_stays_aside(screen, desk, lots):
    pane = screen.list.pane
    code = pane.current.lot.code
    pane.not_touched.click()
    pane.refresh()
    with desk.book.read() as session:
        freed = session.query(Lot).filter_by(code=code).one()
        assert not is_blocked(freed)
        assert [is_blocked(session.get_one(Lot, key)) for key in lots].count(True) == 1
        verdicts = [each.verdict for each in session.query(RecallMatch)]
    assert sorted(verdicts) == [RecallVerdict.NOT_TOUCHED, RecallVerdict.TO_LOOK_AT]
    desk.book.undo()
    with desk.book.read() as session:
        assert is_blocked(session.query(Lot).filter_by(code=code).one())


@pytest.mark.usefixtures("lots")
def test_a_reader_judges_nothing(qtbot, desk, monkeypatch):
    monkeypatch.setattr(desk, "may_write", lambda _area: False)
    with desk.book.action("liste") as session:
        take(session, listed(notice(lots="HB4512")), desk.book.clock())
    made = RecallsScreen(desk)
    qtbot.addWidget(made)
    made.refresh()
    assert not made.list.pane.touched.isEnabled()
    assert not made.take.isEnabled()


def test_the_file_of_a_notice_is_shown_ready_to_print(qtbot, screen):
    screen.list.pane.file.click()
    qtbot.waitUntil(lambda: bool(previews()), timeout=20_000)
    for each in previews():
        qtbot.addWidget(each)
        each.close()


def previews():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, PreviewDialog)]


@pytest.mark.usefixtures("lots")
def test_a_lot_is_found_by_its_number_or_its_product(qtbot, desk):
    dialog = LotDialog(desk, "Dossier", "", "Voir", None)
    qtbot.addWidget(dialog)
    assert len(dialog.table.model.keys) == 2
    dialog.search.setText("4513")
    dialog.refresh()
    assert dialog.current.code == "HB-4513"
    assert "Il en reste 2" in dialog.answer.text()
    dialog.search.setText("chocolat")
    dialog.refresh()
    assert dialog.current is None
    assert not dialog.act.isEnabled()


@pytest.mark.usefixtures("lots")
def test_an_exercise_is_kept_with_its_minutes(qtbot, desk):
    dialog = DrillDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.keep()
    with desk.book.read() as session:
        assert drills(session) == []
    dialog.minutes.line.setText("4,5")
    dialog.by.line.setText("AM")
    dialog.keep()
    with desk.book.read() as session:
        [row] = drills(session)
    assert (row.by, row.seconds) == ("AM", 270)


@pytest.mark.usefixtures("lots")
def test_the_import_says_how_many_notices_were_read_and_how_fresh_they_are(qtbot, desk):
    window = Window(desk.settings)
    qtbot.addWidget(window)
    content = listed(notice(lots="HB4512"), notice(sheet="B", published="hier")).getvalue()
    dialog = ImportDialog(desk, "rappels.csv", content, IMPORTS, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.act.isEnabled, timeout=10_000)
    assert "1 avis alimentaire lu" in dialog.told.text()
    assert "20/11/2026" in dialog.told.text()
    assert "ligne 3" in dialog.problems.item(0).text()


@pytest.fixture
def by_hand(desk):
    """A cheese typed on the sheet of goods received, in no lot of the stock."""
    with desk.book.action("fiche") as session:
        checked = GoodsChecked(
            civil_date(desk.book.clock()), "Tomme au lait cru", "Marché", lot="HB-4514"
        )
        record_goods(session, checked, desk.book.clock())
        take(session, listed(notice(lots="HB4512 | HB4514")), desk.book.clock())


@pytest.mark.usefixtures("lots", "by_hand")
def test_food_that_the_sheets_alone_know_stands_beside_the_lots_and_is_judged_there(qtbot, desk):
    pane = RecallPane(desk, 1)
    qtbot.addWidget(pane)
    assert len(pane.table.model.keys) == 2
    assert "NC-2026-001" in pane.breach.text()
    pane.table.go_to(pane.table.model.keys[-1])
    assert pane.current is None
    assert pane.current_food.lot == "HB-4514"
    assert "fiches d’hygiène seulement" in pane.why.text()
    assert not pane.touched.isEnabled()  # it surely is the one: set aside at once
    pane.not_touched.click()
    pane.refresh()
    with desk.book.read() as session:
        assert [lot.lot for lot in blocked_lots(session)] == ["HB-4512"]
    desk.book.undo()
    with desk.book.read() as session:
        assert {lot.lot for lot in blocked_lots(session)} == {"HB-4512", "HB-4514"}


@pytest.mark.usefixtures("lots", "by_hand")
def test_what_is_decided_of_such_food_in_hygiene_is_not_decided_again_here(qtbot, desk):
    with desk.book.action("rendu") as session:
        [lot] = [each for each in blocked_lots(session) if each.lot == "HB-4514"]
        now = desk.book.clock()
        release(session, lot.lot_id, "repris", "AM", now, state=LotState.REFUSED)
    pane = RecallPane(desk, 1)
    qtbot.addWidget(pane)
    pane.table.go_to(pane.table.model.keys[-1])
    assert pane.current_food.is_decided
    assert not pane.not_touched.isEnabled()
