"""People and contracts, in the window."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.staff.contracts.keeping import PaperFacts, SkillFacts, add_paper, add_skill
from cantine_desktop.staff.contracts.model import Contract, DutyDone, SkillKind, StaffMember, Status
from cantine_desktop.staff.contracts.queries import Which, card_of
from cantine_desktop.staff.contracts.register import every_line, standing, write_waiting
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import NOW, TODAY, hire, member, plain
from ui.desk import Desk
from ui.staff import duties_dialog, member_pane, register_dialog
from ui.staff.contracts import ContractsScreen
from ui.staff.member_forms import DeedDialog


@pytest.fixture
def desk(book):
    with book.action("départ") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        malik = member(session)
        hire(session, malik, first=date(2026, 11, 2))
        add_skill(
            session, malik, SkillFacts(SkillKind.FIRST_AID, valid_until=date(2026, 11, 1)), NOW
        )
        gone = member(session, "Inès Roth", date(2004, 1, 2))
        hire(session, gone, Status.CIVIC_SERVICE, date(2026, 1, 5), date(2026, 8, 1), job="Accueil")
    book.clock = lambda: NOW
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    made = ContractsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def names(screen):
    return [screen.rows[key].name for key in screen.table.model.keys]


def duties_done(session):
    return list(session.scalars(select(DutyDone)))


def lines(part):
    return [plain(line.words) for line in part.lines]


def filling(monkeypatch, *values):
    """Have the next dialog filled and kept; return what it told."""
    told = []

    def fill(dialog):
        for rank, value in enumerate(values):
            field = dialog.form.field(str(rank))
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif isinstance(field, QCheckBox):
                field.setChecked(value)
            elif value is not None:
                field.line.setText(value)
        dialog.keep()
        told.append(plain(dialog.notice.text))

    monkeypatch.setattr(DeedDialog, "exec", fill)
    return told


def test_the_list_shows_who_is_there_then_the_former_then_all(screen):
    assert names(screen) == ["Malik Benali"]
    for which, expected in (
        (Which.PAST, ["Inès Roth"]),
        (Which.ALL, ["Inès Roth", "Malik Benali"]),
    ):
        screen.which.setCurrentIndex(screen.which.findData(which))
        screen.which.activated.emit(screen.which.currentIndex())
        assert names(screen) == expected


def test_search_finds_by_name_job_and_status(qtbot, screen):
    screen.which.setCurrentIndex(screen.which.findData(Which.ALL))
    screen.refresh()
    for words, expected in (("accueil", ["Inès Roth"]), ("cdi", ["Malik Benali"])):
        screen.list.search.setText(words)
        qtbot.waitUntil(lambda expected=expected: names(screen) == expected)


def test_a_person_who_left_is_shown_when_the_search_asks_for_it(screen):
    gone = 2
    screen.open_at(gone)
    assert screen.table.current_key == gone
    assert screen.pane.head.text() == "Inès Roth"


def test_late_is_said_in_words_and_in_colour(screen):
    row = screen._row(screen.rows[1])
    assert row.tone == "bad"
    assert plain(row.texts[1]).endswith("en retard")
    assert "En retard" in plain(screen.pane.asked.text)
    assert "fini depuis le 01/11/2026" in plain(screen.pane.asked.text)
    assert lines(screen.pane.papers.skills) == ["Premiers secours, périmé depuis le 01/11/2026"]
    assert screen.pane.papers.skills.lines[0].tone == "bad"


def test_a_new_person_is_named_at_once_by_the_keyboard(qtbot, screen):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.new.trigger()
    line = QApplication.focusWidget()
    assert line is screen.pane.form.field("name").line
    qtbot.keyClicks(line, "Tom Kern")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert screen.pane.head.text() == "Tom Kern"
    screen.desk.book.undo()
    screen.desk.book.undo()
    assert names(screen) == ["Malik Benali"]


def test_a_contract_is_typed_refused_in_words_and_taken_back(screen, monkeypatch):
    told = filling(monkeypatch, Status.TRAINEE, "01/12/2026", None, "Cuisine", "35", "Anne")
    screen.pane.contracts.add()
    assert told == ["Un stage ou un service civique a un dernier jour : dites lequel."]
    told = filling(monkeypatch, Status.PERMANENT, "01/12/2026")
    screen.pane.contracts.add()
    assert "déjà un contrat" in told[0]
    filling(monkeypatch, "30/11/2026")
    screen.pane.contracts._end()
    filling(monkeypatch, Status.PERMANENT, "01/12/2026", None, "Cuisine", "17h30", "")
    screen.pane.contracts.add()
    assert lines(screen.pane.contracts.contracts) == [
        "CDI, Cuisine, 17 h 30 par semaine, depuis le 01/12/2026",
        "CDI, Maître de maison, 35 h par semaine, du 02/11/2026 au 30/11/2026",
    ]
    assert "L3123-27" in screen.pane.contracts.remarks.text
    screen.desk.book.undo()
    assert len(screen.pane.contracts.contracts.lines) == 1


def test_a_contract_opened_and_kept_unchanged_is_the_same(screen, monkeypatch):
    filling(monkeypatch)
    with screen.desk.book.read() as session:
        before = vars(session.get_one(Contract, 1)).copy()
    screen.pane.contracts._change()
    with screen.desk.book.read() as session:
        after = vars(session.get_one(Contract, 1)).copy()
    for each in (before, after):
        del each["_sa_instance_state"]
    assert after == before


def test_a_step_of_the_arrival_is_ticked_with_the_space_bar_and_taken_back(qtbot, screen):
    arrival = screen.pane.contracts.arrival
    arrival.setFocus()
    arrival.setCurrentRow(2)
    assert "En retard depuis le 01/11/2026" in plain(arrival.item(2).text())
    qtbot.keyClick(arrival, Qt.Key.Key_Space)
    assert plain(arrival.item(2).text()).startswith("Fait le 23/11/2026 : Déclaration")
    screen.desk.book.undo()
    assert arrival.item(2).checkState() is Qt.CheckState.Unchecked


def test_ctrl_p_prints_the_register_or_the_arrival_sheet_where_the_keyboard_is(qtbot, screen):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.table.setFocus()
    assert screen.document() == ("staff-register", Period.year(TODAY))
    screen.pane.contracts.arrival.setFocus()
    begun = date(2026, 11, 2)
    assert screen.document() == ("arrival-sheets", Period.through(begun, begun))


def test_a_scan_dropped_on_the_papers_is_kept_and_opened(qtbot, screen, tmp_path, monkeypatch):
    scan = tmp_path / "diplome.pdf"
    scan.write_bytes(b"%PDF-1.7 diploma")
    papers = screen.pane.papers.papers
    screen.pane.papers.take(papers, [scan])
    qtbot.waitUntil(lambda: bool(papers.lines))
    assert lines(papers) == ["diplome, reçu le 23/11/2026"]
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    papers.list.chosen.emit(papers.lines[0].key)
    [copy] = opened
    assert copy.endswith("diplome.pdf")
    screen.desk.book.undo()
    assert not papers.lines


def test_a_scan_dropped_on_a_skill_is_its_certificate(qtbot, screen, tmp_path):
    scan = tmp_path / "psc1.pdf"
    scan.write_bytes(b"%PDF-1.7 first aid")
    skills = screen.pane.papers.skills
    screen.pane.papers.take(skills, [scan])
    qtbot.waitUntil(lambda: skills.lines[0].attachment_id is not None)


def test_skills_papers_times_and_balances_are_typed_and_taken_away(screen, monkeypatch):
    papers, times = screen.pane.papers, screen.pane.times
    filling(monkeypatch, "01/11/2026", "01/11/2028")
    papers._renew()
    assert lines(papers.skills) == ["Premiers secours, jusqu’au 01/11/2028"]
    filling(monkeypatch, SkillKind.MACHINES, "trancheuse")
    papers._add_skill()
    assert "Machines (trancheuse)" in lines(papers.skills)
    filling(monkeypatch, "RIB", "20/11/2026")
    papers._add_paper()
    assert lines(papers.papers) == ["RIB : manque depuis le 20/11/2026"]
    papers._receive()
    assert lines(papers.papers) == ["RIB, reçu le 23/11/2026"]
    filling(monkeypatch)
    times._add_availability()
    filling(monkeypatch, False, 5, "18h")
    times._add_wish()
    filling(monkeypatch, "leave", None, "12,5")
    times._set_balance()
    assert lines(times.availabilities) == ["Chaque semaine, lundi, pas disponible"]
    assert lines(times.wishes) == ["Préfère éviter : samedi, de 18 h à 24 h, poids 1 sur 5"]
    assert lines(times.balances) == ["Congés payés (jours) : 12,5 au 23/11/2026"]
    for part in (times.availabilities, times.wishes, times.balances):
        times._remove(part)
        assert not part.lines
    papers._remove(papers.papers)
    assert not papers.papers.lines


def test_a_value_that_cannot_be_is_refused_beside_its_field(screen):
    field = screen.pane.form.field("email")
    field.line.setText("malik")
    field.commit()
    assert "adresse électronique" in screen.pane.refused.text()
    with screen.desk.book.read() as session:
        assert not session.get_one(StaffMember, 1).email


def test_the_register_is_shown_before_it_is_sealed(screen, monkeypatch):
    shown = []

    def write(dialog):
        items = [dialog.lines.item(row).text() for row in range(dialog.lines.count())]
        shown.append([plain(text) for text in items])
        dialog.write()

    monkeypatch.setattr(register_dialog.RegisterDialog, "exec", write)
    screen.register.trigger()
    assert shown == [["Inès Roth : arrivée", "Malik Benali : arrivée"]]
    with screen.desk.book.read() as session:
        assert [line.last for line in standing(session)] == [date(2026, 7, 31), None]
    told = []
    screen.desk.told.connect(lambda text, _undo: told.append(plain(text)))
    screen.pane.contracts._cancel()
    assert "ne s’efface pas" in told[0]


def test_a_written_line_is_struck_with_its_reason_and_both_stay(screen, monkeypatch):
    seen, told = [], filling(monkeypatch, "n’est jamais venue")
    screen.desk.told.connect(lambda text, _undo: told.append(plain(text)))
    with screen.desk.book.action("registre") as session:
        write_waiting(session, screen.desk.book.clock())

    def strike(dialog):
        seen.append([plain(line.words) for line in dialog.written.lines])
        dialog.written.list.setCurrentRow(0)
        dialog.strike()
        seen.append([plain(line.words) for line in dialog.written.lines])

    exec_ = DeedDialog.exec

    def fill(dialog):
        exec_(dialog)
        return True

    monkeypatch.setattr(DeedDialog, "exec", fill)
    monkeypatch.setattr(register_dialog.RegisterDialog, "exec", strike)
    screen.register.trigger()
    first, left = seen
    assert first[0].startswith("n° 1 Inès Roth, entrée le")
    assert left == first[1:]
    with screen.desk.book.read() as session:
        struck = [line for line in every_line(session) if line.is_void]
        assert [(line.name, line.reason) for line in struck] == [
            ("Inès Roth", "n’est jamais venue")
        ]
        assert len(every_line(session)) == 3


def test_the_duties_are_read_and_ticked_with_their_text(screen, monkeypatch):
    seen = []

    def look(dialog):
        keys = [row.key for row in dialog.rows]
        place = keys.index("essentials")
        dialog.list.setCurrentRow(place)
        item = dialog.list.item(place)
        seen.extend((plain(item.text()), plain(dialog.text.text())))
        item.setCheckState(Qt.CheckState.Checked)
        seen.append(plain(item.text()))

    monkeypatch.setattr(duties_dialog.DutiesDialog, "exec", look)
    screen.duties.trigger()
    before, text, after = seen
    title = "Malik Benali : Remettre les informations essentielles"
    assert before == f"En retard depuis le 09/11/2026 : {title}"
    assert "R1221-34 (texte lu)" in text
    assert after == f"Fait le 23/11/2026 : {title}"
    with screen.desk.book.read() as session:
        assert [row.done_on for row in duties_done(session)] == [TODAY]
    screen.desk.book.undo()
    with screen.desk.book.read() as session:
        assert not duties_done(session)


def test_a_card_past_its_term_is_destroyed_after_a_question(screen, monkeypatch):
    with screen.desk.book.action("ancien") as session:
        old = member(session, "Jean Ancien", date(1970, 1, 1))
        hire(session, old, first=date(2019, 1, 7), end=date(2020, 1, 7))
    screen.open_at(old)
    assert screen.pane.destroying.isVisibleTo(screen)
    monkeypatch.setattr(member_pane, "ask", lambda *_args, **_more: False)
    screen.pane.destroying.click()
    monkeypatch.setattr(member_pane, "ask", lambda *_args, **_more: True)
    with screen.desk.book.read() as session:
        assert card_of(session, old, TODAY) is not None
    screen.pane.destroying.click()
    with screen.desk.book.read() as session:
        assert card_of(session, old, TODAY) is None
    assert "Jean Ancien" not in names(screen)
    screen.desk.jobs.close()


def test_whoever_may_only_read_changes_nothing_and_still_opens_a_paper(qtbot, desk):
    with desk.book.action("papier") as session:
        add_paper(session, 1, PaperFacts("Diplôme", received_on=TODAY), NOW)
    desk.book.actor = Actor("Lecture", None, frozenset())
    screen = ContractsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    papers = screen.pane.papers.papers
    states = {button.text(): button.isEnabled() for button, *_ in papers._buttons}
    assert states.pop("Ouvrir")
    assert not any(states.values())
    assert not screen.new.isEnabled()
    assert not screen.pane.form.isEnabled()


def test_an_empty_team_says_how_to_begin(qtbot, book):
    desk = Desk(book)
    screen = ContractsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.table.model.keys == []
    screen.new.trigger()
    assert names(screen) == ["Nouvelle personne"]
    desk.close()
