import gc
import sys
import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton
from shiboken6 import delete

from ui.kit.jobs import Jobs
from ui.kit.progress import ProgressStrip

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.close()
    qapp.processEvents()


def fail(error):
    raise error


def test_five_hundred_results_arrive_on_the_window_s_thread(qtbot, jobs):
    got, threads = [], set()

    def done(value):
        got.append(value)
        threads.add(threading.current_thread())

    for n in range(500):
        jobs.run(lambda n=n: n, done, fail)
        if n % 50 == 0:
            gc.collect()
    qtbot.waitUntil(lambda: len(got) == 500)
    assert sorted(got) == list(range(500))
    assert threads == {threading.main_thread()}
    assert not jobs.running


def test_an_error_is_delivered_as_such(qtbot, jobs):
    errors = []
    jobs.run(lambda: 1 // 0, fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_job_says_how_far_it_is(qtbot, jobs):
    seen, got, gate = [], [], threading.Event()

    def work(report):
        report.step(40, "page 2 sur 5")
        gate.wait(5)
        report.step(100)
        return "fini"

    jobs.changed.connect(lambda: seen.extend((j.percent, j.text) for j in jobs.running))
    strip = ProgressStrip(jobs)
    qtbot.addWidget(strip)
    jobs.start("Kit de la semaine", work, got.append, fail)
    qtbot.waitUntil(strip.isVisible)
    assert strip.text == "Kit de la semaine\u00a0: page 2 sur 5"
    gate.set()
    qtbot.waitUntil(lambda: got == ["fini"])
    assert (40, "page 2 sur 5") in seen
    assert not strip.isVisible()


def test_a_stopped_job_ends_and_is_not_heard_of(qtbot, jobs):
    said = []

    def work(report):
        while True:
            report.step(1)
            time.sleep(0.001)

    strip = ProgressStrip(jobs)
    qtbot.addWidget(strip)
    job = jobs.start("Sans fin", work, said.append, said.append)
    qtbot.waitUntil(strip.isVisible)
    strip.findChild(QPushButton).click()
    assert job.is_stopping
    qtbot.waitUntil(lambda: not jobs.running)
    assert said == []


class Cycle:
    """Something only the search for cycles frees, that remembers where it was freed."""

    def __init__(self, freed):
        self.itself = self
        self.freed = freed

    def __del__(self):
        self.freed.append(threading.current_thread())


def test_what_a_closed_dialog_left_is_freed_on_the_window_s_thread(qtbot, jobs):
    freed, dropped, done = [], threading.Event(), threading.Event()

    def work():
        dropped.wait(5)
        for _ in range(100_000):
            knot = []
            knot.append(knot)
        done.wait(10)

    jobs.run(work, lambda _: None, fail)
    Cycle(freed)
    dropped.set()
    qtbot.waitUntil(lambda: bool(freed))
    done.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert freed == [threading.main_thread()]
    assert gc.isenabled()


def test_closing_ends_what_runs(qtbot):
    jobs = Jobs()

    def work(report):
        while True:
            report.step(1)
            time.sleep(0.001)

    jobs.start("Sans fin", work, fail, fail)
    jobs.close()
    qtbot.wait(10)


class Bell(QObject):
    rang = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants are immortal from 3.12 on")
def test_signals_lose_no_reference_to_true():
    bell, heard = Bell(), []
    bell.rang.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(100):
        bell.rang.emit(True)
    heard.clear()
    assert sys.getrefcount(True) >= before - 5


def test_a_result_that_comes_after_its_widget_is_gone_is_dropped(qtbot, jobs):
    class Waiting(QLabel):
        def show_it(self, prefix, value):
            self.setText(f"{prefix}{value}")

    waiting, held = Waiting(), threading.Event()
    jobs.run(held.wait, partial(waiting.show_it, "n° "), fail)
    delete(waiting)
    held.set()
    qtbot.waitUntil(lambda: not jobs.running)
