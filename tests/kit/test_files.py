from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QRadioButton, QWidget

from ui.kit.dialogs import Dialog, ask, ask_text, choose
from ui.kit.empty import EmptyState
from ui.kit.files import DropTarget, Folders, safe_name

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Relevés : semaine 41/52", "Relevés - semaine 41-52.pdf"),
        ('a<b>c:"d|e?f*', "a-b-c--d-e-f-.pdf"),
        ("CON", "_CON.pdf"),
        ("lpt1", "_lpt1.pdf"),
        ("", "_.pdf"),
        ("...", "_.pdf"),
        ("fin. ", "fin.pdf"),
        ("a\nb", "a-b.pdf"),
        ("é" * 300, "é" * 120 + ".pdf"),
    ],
)
def test_a_file_name_is_taken_by_every_system(text, name):
    assert safe_name(text, ".pdf") == name


def test_folders_are_remembered_by_purpose(tmp_path):
    remembered = {"bank": str(tmp_path / "gone")}
    folders = Folders(remembered)
    assert folders.of("bank") == Path.home()
    folders.remember("bank", tmp_path / "x.ofx")
    assert folders.of("bank") == tmp_path
    assert remembered == {"bank": str(tmp_path)}
    assert folders.of("pdf") == Path.home()


def test_dropped_files_go_to_what_takes_their_kind(qtbot):
    window, bank, pictures = QWidget(), [], []
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    target = DropTarget(window, [("ofx csv", bank.append), ("jpg", pictures.append)])
    data = QMimeData()
    names = ("a.OFX", "b.csv", "c.jpg", "d.xyz")
    data.setUrls([QUrl.fromLocalFile(f"/x/{name}") for name in names])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert target._veil.isVisible()
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    with qtbot.waitSignal(target.refused) as refused:
        QApplication.sendEvent(window, drop)
    assert [[file.name for file in files] for files in bank] == [["a.OFX", "b.csv"]]
    assert [[file.name for file in files] for files in pictures] == [["c.jpg"]]
    assert refused.args == [["d.xyz"]]
    assert not target._veil.isVisible()


@pytest.fixture
def answer(qapp):
    """Act on the next dialogue once it shows."""

    def prepare(act):
        def look():
            dialog = qapp.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                QTimer.singleShot(5, look)
            else:
                act(dialog)

        QTimer.singleShot(0, look)

    yield prepare
    assert qapp.activeModalWidget() is None


def press(qtbot, key):
    return lambda dialog: qtbot.keyClick(dialog, key)


def test_enter_says_yes_to_a_harmless_deed_and_no_to_a_harmful_one(qtbot, answer):
    answer(press(qtbot, Qt.Key.Key_Return))
    assert ask(None, "Ranger ?", "Rien n’est perdu.", "Ranger")
    answer(press(qtbot, Qt.Key.Key_Return))
    assert not ask(None, "Supprimer ?", "Pour de bon.", "Supprimer", destructive=True)
    answer(press(qtbot, Qt.Key.Key_Escape))
    assert not ask(None, "Ranger ?", "Rien n’est perdu.", "Ranger")


def test_answers_name_the_deed_in_french(qtbot):
    dialog = Dialog(None, "Supprimer ?")
    qtbot.addWidget(dialog)
    dialog.add_answers("Supprimer", destructive=True)
    assert [b.text() for b in dialog.findChildren(QPushButton)] == ["Supprimer", "Annuler"]


def test_words_are_asked_for_and_may_not_be_empty(qtbot, answer):
    def act(dialog: QDialog):
        button = dialog.findChild(QPushButton)
        assert not button.isEnabled()
        line = dialog.findChild(QLineEdit)
        qtbot.keyClicks(line, "Porte mal fermee")
        assert button.isEnabled()
        qtbot.keyClick(line, Qt.Key.Key_Return)

    answer(act)
    assert ask_text(None, "Motif", "Pourquoi ?", "Noter") == "Porte mal fermee"
    answer(press(qtbot, Qt.Key.Key_Escape))
    assert ask_text(None, "Motif", "Pourquoi ?", "Noter", value="x") is None


def test_one_of_a_few_is_chosen_by_the_arrows(qtbot, answer):
    def act(dialog):
        qtbot.keyClick(dialog.findChildren(QRadioButton)[0], Qt.Key.Key_Down)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(act)
    assert choose(None, "Quel fichier ?", "", ["Banque", "Adhésions"], "Importer") == 1


def test_an_empty_state_has_a_sentence_and_a_button(qtbot):
    clicked = []
    state = EmptyState("Aucune enceinte.", "Ajouter", lambda: clicked.append(1), "snowflake")
    qtbot.addWidget(state)
    state.findChild(QPushButton).click()
    assert clicked == [1]
