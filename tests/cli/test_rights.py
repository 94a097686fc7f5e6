"""A terminal opens no door that the window keeps shut."""

import io
import sqlite3
from contextlib import closing

import pytest

from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.schema.upgrade import open_book
from tests.conftest import NOW

SECRET = "Tomates-farcies-12"


@pytest.fixture
def protected(demo):
    opened = open_book(demo, lambda: NOW)
    profiles.set_password(opened.book, ProfileKey.DIRECTION, SECRET)
    opened.close()
    return demo


def export(run, book, *arguments):
    return run("export", "history", "--book", book, "--out", "-", *arguments)


@pytest.fixture
def history(run, tmp_path):
    def history(book, *arguments):
        return run("export", "history", "--book", book, "--out", tmp_path / "h.csv", *arguments)

    return history


@pytest.mark.parametrize("profile", ["direction", "Trésorerie", "tresorerie", "reading", "LECTURE"])
def test_who_reads_everything_exports_the_history(history, demo, profile):
    assert history(demo, "--as", profile).code == 0


@pytest.mark.parametrize(("profile", "name"), [("kitchen", "Cuisine"), ("comptoir", "Comptoir")])
def test_who_does_not_is_refused_by_name(history, demo, profile, name, tmp_path):
    done = history(demo, "--as", profile)
    assert done.code == 1
    assert f"Le profil « {name} » n’a pas accès" in done.err
    assert not (tmp_path / "h.csv").exists()


@pytest.mark.parametrize("profile", ["kitchen", "counter", "treasury", "reading"])
def test_each_profile_prints_the_temperatures(run, demo, tmp_path, profile):
    out = tmp_path / "x.pdf"
    assert (
        run("print", "temperatures-week", "--book", demo, "--as", profile, "--out", out).code == 0
    )


@pytest.mark.parametrize("profile", ["kitchen", "counter"])
def test_who_does_not_read_everything_cannot_check(run, demo, profile):
    done = run("check", demo, "--as", profile)
    assert done.code == 1
    assert "n’a pas accès" in done.err


def test_a_password_is_asked_and_never_taken_from_the_command_line(history, protected):
    done = history(protected)
    assert done.code == 1
    assert "CANTINE_PASSWORD" in done.err
    assert history(protected, "--password", SECRET).code == 2


def test_a_password_comes_from_the_environment_or_the_input(history, protected, monkeypatch):
    monkeypatch.setenv("CANTINE_PASSWORD", SECRET)
    assert history(protected).code == 0
    monkeypatch.delenv("CANTINE_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    assert history(protected, "--password-stdin").code == 0


def test_a_password_is_asked_at_a_terminal(history, protected, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("cantine_desktop.commands.opening.getpass", lambda _prompt: SECRET)
    assert history(protected).code == 0


def test_wrong_passwords_are_recorded_and_make_wait_even_while_the_window_is_open(
    run, history, protected, monkeypatch, tmp_path
):
    opened = open_book(protected, lambda: NOW)
    monkeypatch.setenv("CANTINE_PASSWORD", "faux")
    for _ in range(3):
        done = history(protected)
        assert (done.code, done.err) == (1, "Ce mot de passe n’est pas le bon.\n")
    assert "Réessayez dans 5 secondes" in history(protected).err
    opened.close()
    assert history(protected, "--as", "lecture").code == 0
    told = (tmp_path / "h.csv").read_text("utf-8")
    assert told.count("Mot de passe refusé") == 3
    assert "faux" not in told
    assert run("check", protected, "--as", "lecture").code == 0


def test_a_profile_without_a_password_enters_beside_one_that_has(history, protected):
    assert history(protected, "--as", "reading").code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM secret WHERE owner = 'direction'",
        "UPDATE secret SET owner = 'reading' WHERE owner = 'direction'",
        (
            "UPDATE secret SET hash = (SELECT hash FROM secret WHERE owner = 'recovery')"
            " WHERE owner = 'direction'"
        ),
    ],
)
def test_a_password_torn_out_moved_or_swapped_by_another_program_is_found(
    run, protected, statement
):
    tamper(protected, statement)
    done = run("check", protected, "--as", "trésorerie")
    assert done.code == 1
    assert "mot de passe de « Direction » : changé hors du logiciel" in done.out


def test_a_recovery_key_forged_by_another_program_is_found(run, protected):
    tamper(protected, "UPDATE secret SET hash = hash || 'x' WHERE owner = 'recovery'")
    done = run("check", protected, "--as", "trésorerie")
    assert done.code == 1
    assert "clé de secours : changé hors du logiciel" in done.out


def tamper(book, statement):
    with closing(sqlite3.connect(book)) as connection, connection:
        connection.execute(statement)
