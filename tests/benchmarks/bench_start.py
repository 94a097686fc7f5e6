"""Start to first paint, beside a bare PySide6 window and beside one with SQLAlchemy.

Each turn is a process of its own that says when its window was painted and what it had
used of the processors by then. The clock starts in this process, before the other exists.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measuring import Cost, Row, middle

TURNS = 9
HEAVY = {"sqlalchemy", "alembic", "matplotlib", "numpy", "reportlab", "pikepdf", "pypdfium2"}
ROOT = Path(__file__).resolve().parents[2]

WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)
def tell():
    print('painted', time.process_time(), flush=True)
    application.quit()
application = QApplication(sys.argv)
window = Bare()
window.setCentralWidget(QLabel('Bonjour'))
window.resize(1366, 768)
window.show()
application.exec()
"""

WITH_DATABASE = "import sqlalchemy.orm" + WINDOW

OURS = """
import sys, time
from ui.window import Window
def tell():
    print('painted', time.process_time(), *sys.modules, flush=True)
    import os; os._exit(0)
plain = Window.__init__
def init(self, *given, **named):
    plain(self, *given, **named)
    self.painted.connect(tell)
Window.__init__ = init
from ui.app import main
main([])
"""


def painted(code):
    """Start a process and return what its first paint cost, and the modules it had loaded."""
    # Compiled files are kept, as on the computer of a person who starts a second time.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said = process.stdout.readline().split()
    wall = time.perf_counter() - started
    process.stdout.close()
    assert process.wait() == 0
    assert said, "nothing was painted"
    assert said[0] == "painted"
    return Cost(wall, float(said[1])), {name.partition(".")[0] for name in said[2:]}


def measure(_folder):
    ours, bare, database = [], [], []
    painted(WITH_DATABASE)
    loaded = painted(OURS)[1] & HEAVY
    assert not loaded, f"imported before the first paint: {loaded}"
    for _ in range(TURNS):
        ours.append(painted(OURS)[0])
        bare.append(painted(WINDOW)[0])
        database.append(painted(WITH_DATABASE)[0])
    note = "0 heavy modules loaded at first paint"
    yield Row("start to first paint", middle(ours), middle(bare), "bare PySide6 window", 1.25, note)
    yield Row("start to first paint", middle(ours), middle(database), "PySide6 + SQLAlchemy window")
