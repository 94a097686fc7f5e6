"""The same commands on a book that lives in PostgreSQL."""

import json

import pytest

from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.schema.upgrade import create_book
from tests.conftest import NOW


@pytest.fixture
def databases(postgres):
    names = [postgres.create_database() for _ in range(2)]
    yield [postgres.url(name).replace("+psycopg", "") for name in names]
    for name in names:
        postgres.drop_database(name)


# A whole demonstration is written, saved and put back there: minutes on a busy machine.
@pytest.mark.timeout(400)
def test_a_book_is_made_verified_printed_saved_and_put_back(run, databases, tmp_path):
    first, second = databases
    assert run("demo", first).code == 0
    assert run("demo", first).code == 1
    assert run("check", first).out == "Aucun problème : le livre est entier et cohérent.\n"
    sheet = tmp_path / "x.pdf"
    assert run("print", "temperatures-week", "--book", first, "--out", sheet).code == 0
    assert sheet.read_bytes().startswith(b"%PDF-")
    figures = json.loads(run("figures", "--book", first, "--json").out)
    saved = run("backup", first, "--to", tmp_path / "backups")
    assert saved.code == 0, saved.err
    (backup,) = (tmp_path / "backups").glob("*.cantine")
    restored = run("restore", backup, "--to", second)
    assert restored.code == 0, restored.err
    assert run("check", second).code == 0
    assert json.loads(run("figures", "--book", second, "--json").out) == figures
    assert run("restore", backup, "--to", second).code == 1
    assert run("migrate", first).code == 0


def test_passwords_hold_there_too(run, databases, monkeypatch, tmp_path):
    location = databases[0]
    opened = create_book(location, lambda: NOW)
    profiles.set_password(opened.book, ProfileKey.DIRECTION, "Tomates-farcies")
    opened.close()
    monkeypatch.setenv("CANTINE_PASSWORD", "faux")
    for _ in range(3):
        assert "pas le bon" in run("check", location).err
    assert "Réessayez" in run("check", location).err
    out = tmp_path / "h.csv"
    history = run("export", "history", "--book", location, "--as", "lecture", "--out", out)
    assert history.code == 0
    assert out.read_text("utf-8").count("Mot de passe refusé") == 3
