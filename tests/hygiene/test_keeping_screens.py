"""Suspecting a food poisoning and destroying what is due, from the window."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.keeping.holds import holds
from cantine_desktop.hygiene.keeping.purging import certificates
from cantine_desktop.hygiene.model import ColdUnit, Reading, Slot
from cantine_desktop.hygiene.outbreak import opening
from cantine_desktop.hygiene.outbreak.model import Callee, CrisisContact, Outbreak
from cantine_desktop.hygiene.outbreak.opening import Suspected
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.office.catalogue import documents
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene import outbreak as outbreak_screen
from ui.hygiene import retention as retention_screen
from ui.hygiene.dossier_ways import Ways
from ui.hygiene.outbreak import OutbreakScreen
from ui.hygiene.retention import RetentionScreen

FRIDAY = date(2026, 11, 20)
OLD = date(2025, 10, 6)


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def show(qtbot, desk):
    def build(kind):
        screen = kind(desk)
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.show()
        return screen

    return build


@pytest.fixture
def filled(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée"))
        session.add(ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2)))
    for days in range(3):
        with book.action("Relevé") as session:
            day = OLD + timedelta(days=days)
            record_temperature(session, 1, day, Slot.MORNING, Decimal(3), book.clock())
    return book


def texts(screen):
    found = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    return " ".join(found).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def answer(monkeypatch):
    """Return a function that fills the next dialogs in turn, instead of a person."""
    waiting = []

    def run(dialog):
        waiting.pop(0)(dialog)
        dialog.accept()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(QDialog, "exec", run)
    return waiting.extend


def sign(dialog):
    dialog.by.set_value("LM")


def suspect(book, ill=3):
    with book.action("Suspicion") as session:
        meals = Period.through(FRIDAY, FRIDAY)
        return opening.suspect(session, Suspected(meals, ill, 34), "LM", book.clock()).id


def the_outbreak(book):
    with book.read() as session:
        outbreak = session.scalars(select(Outbreak)).one()
        return outbreak, list(outbreak.calls), list(outbreak.measures)


def test_one_action_opens_the_suspicion_and_freezes_the_days_before(qtbot, show, filled):
    screen = show(OutbreakScreen)
    assert "coûte rien" in texts(screen)
    screen.form.first.set_value(FRIDAY)
    screen.form.ill.set_value(Decimal(2))
    screen.form.by.set_value("LM")
    qtbot.mouseClick(screen.begin, Qt.MouseButton.LeftButton)
    with filled.read() as session:
        (hold,) = holds(session)
        assert (hold.first, hold.end) == (FRIDAY - timedelta(days=3), None)
    assert screen.following.isVisible()
    assert not screen.opening_card.isVisible()
    assert "2 malades connus" in texts(screen)
    assert "Ne rien jeter" in texts(screen)


def test_a_form_that_lacks_something_opens_nothing_and_says_what(qtbot, show, filled):
    screen = show(OutbreakScreen)
    qtbot.mouseClick(screen.begin, Qt.MouseButton.LeftButton)
    with filled.read() as session:
        assert holds(session) == []
    assert screen.form.form.errors


def test_a_call_and_a_measure_are_noted_with_their_hour(qtbot, show, filled, answer):
    suspect(filled)
    screen = show(OutbreakScreen)

    def phone(dialog):
        dialog.spoke_to.set_value("Veille sanitaire")
        dialog.words.setPlainText("Rappel à midi")

    answer([phone, lambda dialog: dialog.words.setPlainText("Restes dans CF 2")])
    qtbot.mouseClick(screen.checklist.rows["ars"].button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.checklist.rows["keep"].button, Qt.MouseButton.LeftButton)
    _outbreak, calls, measures = the_outbreak(filled)
    assert [(c.callee, c.by, c.spoke_to) for c in calls] == [(Callee.ARS, "LM", "Veille sanitaire")]
    assert [(m.step, m.words) for m in measures] == [("keep", "Restes dans CF 2")]
    assert "Rappel à midi" in texts(screen)
    filled.undo()
    assert "Restes dans CF 2" not in texts(screen)


def test_a_closed_suspicion_is_sealed_and_its_hold_stays(qtbot, show, filled, answer):
    suspect(filled)
    screen = show(OutbreakScreen)
    answer([lambda dialog: dialog.words.setPlainText("Virus, pas la cuisine")])
    qtbot.mouseClick(screen.close_button, Qt.MouseButton.LeftButton)
    outbreak, _calls, _measures = the_outbreak(filled)
    assert outbreak.is_sealed
    assert screen.opening_card.isVisible()
    with filled.read() as session:
        assert [hold.is_open for hold in holds(session)] == [True]
        assert verify(session) == []


def test_numbers_are_written_once_and_stand_beside_their_step(show, filled):
    suspect(filled)
    screen = show(OutbreakScreen)
    assert "SAMU : 15" in texts(screen)
    assert "DDPP : numéro à écrire" in texts(screen)
    screen.contacts.phones[Callee.DDPP].set_value("03 88 00 00 00")
    screen.contacts.phones[Callee.DDPP].line.editingFinished.emit()
    with filled.read() as session:
        assert session.scalars(select(CrisisContact.phone)).all() == ["03 88 00 00 00"]
    assert "DDPP : 03 88 00 00 00" in texts(screen)


def test_who_may_not_write_sees_the_list_and_touches_nothing(show, filled):
    suspect(filled)
    filled.actor = Actor("Lecture", reads=None, writes=frozenset())
    screen = show(OutbreakScreen)
    off = {b.text() for b in screen.findChildren(QPushButton) if not b.isEnabled()}
    assert {"Autre mesure…", "Modifier…", "Clore la suspicion…"} <= off
    assert screen.checklist.rows["print"].button.isEnabled()


def loaded(qtbot, screen):
    qtbot.waitUntil(lambda: screen._found is not None, timeout=5000)
    return screen


def test_what_is_due_is_listed_then_destroyed_after_two_questions(
    qtbot, show, filled, answer, monkeypatch
):
    screen = loaded(qtbot, show(RetentionScreen))
    assert "3 peuvent être détruits" in screen.subtitle.replace("\u00a0", " ")
    asked = []
    monkeypatch.setattr(
        retention_screen, "ask", lambda *a, **k: asked.append((a, k["destructive"])) or True
    )
    answer([sign])
    qtbot.mouseClick(screen.destroy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "C’est détruit" in screen.notice.text, timeout=5000)
    assert asked[0][1] is True
    with filled.read() as session:
        assert session.scalars(select(Reading)).all() == []
        (paper,) = certificates(session)
        assert (paper.by, paper.count) == ("LM", 3)
        assert verify(session) == []
    qtbot.waitUntil(lambda: "n° 1" in texts(screen), timeout=5000)


@pytest.mark.parametrize("refuses", ["first", "second"])
def test_saying_no_to_either_question_destroys_nothing(
    qtbot, show, filled, answer, monkeypatch, refuses
):
    screen = loaded(qtbot, show(RetentionScreen))
    monkeypatch.setattr(retention_screen, "ask", lambda *_a, **_k: False)
    answer([sign if refuses == "second" else lambda _dialog: None])
    qtbot.mouseClick(screen.destroy_button, Qt.MouseButton.LeftButton)
    with filled.read() as session:
        assert len(session.scalars(select(Reading)).all()) == 3


@pytest.mark.usefixtures("filled")
def test_a_hold_opened_here_keeps_what_it_reaches_and_is_lifted_here(qtbot, show, answer):
    screen = loaded(qtbot, show(RetentionScreen))

    def fill(dialog):
        dialog.words.set_value("Contrôle du 6 octobre")
        dialog.first.set_value(OLD)
        dialog.by.set_value("LM")

    def lift(dialog):
        dialog.why.set_value("Rapport reçu")
        dialog.by.set_value("LM")

    answer([fill, lift])
    qtbot.mouseClick(screen.freeze, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Rien n’est à terme" in texts(screen), timeout=5000)
    assert not screen.destroy_button.isEnabled()
    lifting = [b for b in screen.findChildren(QPushButton) if b.text() == "Lever…"]
    qtbot.mouseClick(lifting[-1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Rapport reçu" in texts(screen), timeout=5000)
    qtbot.waitUntil(screen.destroy_button.isEnabled, timeout=5000)


def test_a_term_is_chosen_and_undone(qtbot, show, filled, answer):
    screen = loaded(qtbot, show(RetentionScreen))
    answer([lambda dialog: dialog.fields["monitoring"].set_value(Decimal(24))])
    qtbot.mouseClick(screen.terms, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Rien n’est à terme" in texts(screen), timeout=5000)
    filled.undo()
    qtbot.waitUntil(lambda: "Rien n’est à terme" not in texts(screen), timeout=5000)


@pytest.mark.usefixtures("filled")
def test_both_screens_ask_for_papers_that_exist(show):
    for kind in (OutbreakScreen, RetentionScreen):
        assert show(kind).document()[0] in documents()
    assert outbreak_screen.DOCUMENT in documents()


def test_the_inspection_file_leads_to_both(qtbot, desk):
    ways = Ways(desk)
    qtbot.addWidget(ways)
    gone = []
    desk.going.connect(lambda *place: gone.append(place))
    for button in ways.buttons.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert gone == [("outbreak", None), ("retention", None)]
