"""A closing that is cut short in the middle loses nothing typed, and writes nothing half."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from cantine_desktop.finance.cash.model import CashCount, CashEvent
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.queries import closing_of
from cantine_desktop.meals.closing.sealing import close
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.verify import verify
from tests.conftest import NOW
from tests.meals.closings import drafted, prepared, wireframe

CUT = """
import os, sys
from cantine_desktop.meals.closing import sealing
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from tests.conftest import NOW

def die(*arguments):
    os._exit(9)

if sys.argv[3] == "seal":
    sealing._seal = die
book = Book(open_engine("sqlite:///" + sys.argv[1]), clock=lambda: NOW)
with book.action("clôture") as session:
    sealing.close(session, int(sys.argv[2]), "AM", NOW)
    session.flush()
    os._exit(9)
"""
"""Closes, and dies before the seal, or after it and before the action ends."""


def opened(path):
    return Book(open_engine(f"sqlite:///{path}"), clock=lambda: NOW)


def cut(path, draft, where):
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    run = subprocess.run(
        [sys.executable, "-c", CUT, str(path), str(draft), where],
        cwd=root,
        env=environment,
        timeout=120,
        check=False,
        capture_output=True,
    )
    assert run.returncode == 9, run.stderr.decode()


def test_a_power_cut_in_a_closing_leaves_the_draft_and_no_half_of_its_money(book, tmp_path):
    path = tmp_path / "canteen.db"
    with book.action("brouillon") as session:
        draft = drafted(session, prepared(session))
        takings = [session.scalar(select(func.count(each.id))) for each in KEPT]
    for where in ("seal", "end"):
        cut(path, draft, where)
        with opened(path).read() as session:
            now = [session.scalar(select(func.count(each.id))) for each in KEPT]
            assert now == takings
            row = session.get_one(ServiceClosing, draft)
            assert not row.is_sealed
            assert facts_of(session, row).tally == wireframe().tally
            assert [*verify(session)] == []
    with opened(path).action("clôture") as session:
        assert close(session, draft, "AM", NOW).meals == 30
        service = session.get_one(ServiceClosing, draft).service_id
        assert closing_of(session, service).is_sealed


KEPT = (Takings, CashCount, CashEvent)
