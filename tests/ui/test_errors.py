import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication

from cantine_desktop.errors import UserError
from cantine_desktop.logs import Log, blot, describe
from ui.errors import ErrorDialog, Reporter


@pytest.fixture
def log(tmp_path):
    log = Log(tmp_path)
    yield log
    log.close()


@pytest.fixture
def reporter(window, log):
    reporter = Reporter(log, window)
    reporter.install()
    yield reporter
    reporter.uninstall()


def raised(kind, text):
    """Return an error as it is once it went through a frame."""
    with pytest.raises(kind) as caught:
        fail(kind, text)
    return caught.value


def fail(kind, text, cause=None):
    raise kind(text) from cause


def dialogs(window):
    return window.findChildren(ErrorDialog)


def test_an_error_says_what_is_safe_and_gives_a_report_to_copy(reporter, window):
    reporter.facts = lambda: ["Cantine 0.1.0", "schema 0001"]
    reporter.show_error(raised(ValueError, "montant 'Odile Caron' 123456"))
    (dialog,) = dialogs(window)
    report = dialog.report.toPlainText()
    assert "schema 0001" in report
    assert "test_errors.py" in report
    assert "ValueError" in report
    assert "Odile" not in report
    assert "123456" not in report
    dialog.copy_report()
    assert QGuiApplication.clipboard().text() == report


@pytest.mark.usefixtures("reporter")
def test_errors_of_threads_come_to_the_window_too(window, qtbot):
    def work():
        raise KeyError("x")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=3000)


def test_a_rain_of_errors_opens_one_dialog(reporter, window):
    for _ in range(20):
        reporter.show_error(raised(RuntimeError, "boum"))
    assert len(dialogs(window)) == 1


def test_what_the_person_can_put_right_is_said_and_not_reported(reporter, window):
    told = []
    reporter.tell = told.append
    reporter.show_error(UserError("La cave est pleine."))
    assert told == ["La cave est pleine."]
    assert not dialogs(window)


def test_the_hooks_are_given_back(window, log):
    before = sys.excepthook
    reporter = Reporter(log, window)
    reporter.install()
    assert sys.excepthook != before
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__


def test_the_log_keeps_the_traceback_and_no_name(log):
    log.note("opened")
    log.error(raised(LookupError, "adhérente « Odile Caron », IBAN FR7612345"))
    text = log.path.read_text(encoding="utf-8")
    assert "opened" in text
    assert "LookupError" in text
    assert "Odile" not in text
    assert "12345" not in text
    assert len(log.recent()) == 2


def test_only_the_last_lines_are_kept_for_the_report(log):
    for n in range(80):
        log.note(f"line {n}")
    assert len(log.recent()) == 50
    assert log.recent()[-1].endswith("line 79")


def test_quotes_and_long_numbers_are_blotted_out():
    assert blot("no 'Odile' at 12, key 48151623") == "no '…' at 12, key ###"
    assert blot('«\u00a0Le Port\u00a0» and "x"') == '«…» and "…"'


def test_causes_are_described_first():
    with pytest.raises(ValueError, match="b") as caught:
        fail(ValueError, "b", raised(KeyError, "a"))
    text = describe(caught.value)
    assert text.index("KeyError") < text.index("ValueError")
