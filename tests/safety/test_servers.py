"""The books that other tests start from."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import inspect, text

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.storage.engine import open_engine
from tests.postgres import Server


def test_a_book_starts_empty_on_each_engine(any_book):
    with any_book.action("Nommer la cantine") as session:
        assert session.get(Canteen, 1) is None
        session.add(Canteen(name="Cantine du port"))
    with any_book.read() as session:
        assert session.get_one(Canteen, 1).name == "Cantine du port"


def test_a_second_book_sees_nothing_of_the_first(any_book):
    with any_book.read() as session:
        assert session.get(Canteen, 1) is None


def test_an_address_leads_to_a_database_without_tables(engine_url):
    engine = open_engine(engine_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_server_runs_without_privileges_and_without_network(postgres):
    engine = open_engine(postgres.url("postgres"))
    with engine.connect() as connection:
        assert not connection.execute(text("SHOW listen_addresses")).scalar_one()
    engine.dispose()
    assert (postgres.folder / "data").stat().st_uid != 0


START_AND_WAIT = """
import time
from tests.postgres import Server
print(Server().folder, flush=True)
time.sleep(60)
"""


def test_the_server_of_killed_tests_is_stopped_by_the_next_ones(postgres):
    command = [sys.executable, "-c", START_AND_WAIT]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as tests:
        left = Path(tests.stdout.readline().strip())
        process = (left / "data" / "postmaster.pid").read_text().splitlines()[0]
        tests.kill()
    assert left.exists()
    Server().stop()
    assert not left.exists()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{process}").exists()
    assert postgres.folder.exists()
