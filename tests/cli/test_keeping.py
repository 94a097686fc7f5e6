"""A book is made, verified, saved and put back without a window."""

import json
import shutil
import sqlite3
import sys

import pytest

from cantine_desktop.schema.upgrade import open_book


def test_the_demonstration_is_sound_and_never_replaces_a_file(run, demo):
    assert run("check", demo).out == "Aucun problème : le livre est entier et cohérent.\n"
    before = demo.read_bytes()
    done = run("demo", demo)
    assert done.code == 1
    assert "déjà un fichier" in done.err
    assert demo.read_bytes() == before


def test_the_demonstration_leaves_one_file(demo_made_once):
    assert [p.name for p in demo_made_once.parent.iterdir() if not p.name.startswith(".~lock")] == [
        demo_made_once.name
    ]


@pytest.mark.parametrize("place", ["file/x.cantine", ""])
def test_a_demonstration_that_cannot_be_written_says_why(run, tmp_path, place):
    (tmp_path / "file").touch()
    done = run("demo", tmp_path / place)
    assert done.code == 1
    assert done.err.strip()
    assert "Traceback" not in done.err


TAMPERINGS = {
    "a sealed or ordinary row": "UPDATE cold_unit SET name = 'Autre' WHERE id = 1",
    "a row thrown in": "INSERT INTO profile (key, name, idle_minutes, is_active)"
    " VALUES ('ghost', '', 1, 1)",
    "a row torn out": "DELETE FROM corrective_action WHERE id = 1",
    "a line of history": "UPDATE change SET after = replace(after, 'a', 'b') WHERE id = 3",
    "who did it": "UPDATE action SET \"by\" = 'Personne' WHERE id = 1",
    "a missing column": "ALTER TABLE canteen DROP COLUMN address",
    "the direction": "DELETE FROM profile WHERE key = 'direction'",
    "an automatism": "CREATE TRIGGER t AFTER INSERT ON reading BEGIN DELETE FROM breach; END",
    "an index dropped": "DROP INDEX ix_seal_spot",
    "a foreign table": "CREATE TABLE pirate (x)",
    "a view": "CREATE VIEW pirate AS SELECT * FROM secret",
    "the index of words": "DROP TABLE search_index",
    "words nobody finds any more": "DELETE FROM search_index WHERE words LIKE '%cf 1%'",
    "a line found as another": "UPDATE search_index SET text = 'CF 9' WHERE words LIKE '%cf 1%'",
    "a ghost among the words": "INSERT INTO search_index (rowid, text, words)"
    " VALUES (5, 'x', ' x')",
    "a counter set back": "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'reading'",
    "counters forgotten": "DELETE FROM sqlite_sequence",
    "another chain": "INSERT INTO chain (name, length, tip, mark) VALUES ('x', 1, '', '')",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_another_program_changed_is_found_and_located(run, demo, statement):
    with sqlite3.connect(demo) as connection:
        connection.execute(statement)
    connection.close()
    done = run("check", demo, "--json")
    assert (done.code, done.err) == (1, "")
    problems = json.loads(done.out)["problems"]
    assert problems
    assert all(problem["place"] and problem["text"] for problem in problems)


def test_one_finding_does_not_hide_the_others(run, demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("DELETE FROM profile WHERE key = 'direction'")
        connection.execute("DELETE FROM breach WHERE id = 1")
        connection.execute("CREATE TABLE pirate (x)")
        connection.execute("UPDATE cold_unit SET name = 'Autre' WHERE id = 1")
    connection.close()
    places = [line.partition(" : ")[0] for line in run("check", demo).out.splitlines()]
    assert {
        "table « pirate »",
        "profil n° 1",
        "Action corrective n° 1",
        "Enceinte froide n° 1",
    } <= {*places}
    assert places.count("Enceinte froide n° 1") == 1


def test_a_book_of_two_schemas_at_once_is_not_read(run, demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("INSERT INTO alembic_version VALUES ('0002')")
    connection.close()
    for command in (["check", demo], ["migrate", demo], ["figures", "--book", demo]):
        done = run(*command)
        assert (done.code, "abîmé" in done.err) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="any home may be guessed, links need rights")
def test_an_unknown_home_folder_or_a_loop_of_links_is_no_crash(run, demo, tmp_path):
    (tmp_path / "loop.cantine").symlink_to("loop.cantine")
    for path in ("~personne/x.cantine", tmp_path / "loop.cantine"):
        assert run("check", path).code == 1
        assert run("restore", path, "--to", tmp_path / "y.cantine").code == 1
        assert run("restore", demo, "--to", path).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="names are texts there")
def test_a_name_that_is_no_text_is_refused_in_a_sentence(run, demo):
    odd = demo.with_name("\udcff.cantine")
    demo.rename(odd)
    done = run("check", odd)
    assert done.code == 1
    assert "renommez-le" in done.err


def test_the_password_of_a_server_is_not_shown_when_it_is_given_as_a_backup(run, tmp_path):
    done = run("restore", "postgresql://u:secret@host..invalid/x", "--to", tmp_path / "y.cantine")
    assert done.code == 1
    assert "secret" not in done.err + done.out
    assert run("check", "postgresql://u:secret@host..invalid/x").code == 1


def test_problems_are_told_line_by_line_with_their_place_and_number(run, demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE cold_unit SET name = 'Autre' WHERE id IN (1, 2)")
    connection.close()
    done = run("check", demo)
    assert [line.partition(" : ")[0] for line in done.out.splitlines()] == [
        "Enceinte froide n° 1",
        "Enceinte froide n° 2",
    ]
    assert done.err == "2 problèmes dans ce livre\n"


def test_damaged_pages_are_found(run, demo):
    raw = bytearray(demo.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 20_000] = b"\xaa" * 20_000
    demo.write_bytes(raw)
    done = run("check", demo)
    assert done.code == 1
    assert "abîmé" in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("start", [5000, 200_000, 800_000, 1_200_000])
def test_reading_a_damaged_book_never_ends_in_a_traceback(run, demo, tmp_path, start):
    raw = bytearray(demo.read_bytes())
    raw[start : start + 60_000] = b"\xaa" * len(raw[start : start + 60_000])
    demo.write_bytes(raw)
    for command in (
        ["print", "temperatures-month", "--book", demo, "--out", tmp_path / "x.pdf"],
        ["export", "history", "--book", demo, "--out", tmp_path / "x.csv"],
        ["figures", "--book", demo],
        ["backup", demo, "--to", tmp_path / "b"],
        ["migrate", demo],
    ):
        done = run(*command)
        assert done.code in {0, 1}
        assert bool(done.err) == (done.code == 1), command
    assert run("backup", demo, "--to", tmp_path / "b").code == 1
    assert run("check", demo).code == 1


@pytest.mark.parametrize("content", [None, b"", b"bonjour", b"PK\x03\x04", bytes(5000)])
def test_what_is_no_book_is_said_so(run, tmp_path, content):
    path = tmp_path / "x.cantine"
    if content is not None:
        path.write_bytes(content)
    for command in (
        ["check", path],
        ["migrate", path],
        ["backup", path, "--to", tmp_path / "b"],
        ["restore", path, "--to", tmp_path / "y.cantine"],
        ["figures", "--book", path],
    ):
        done = run(*command)
        assert done.code == 1, command
        assert done.err.strip()
    left = {p.name for p in tmp_path.rglob("*") if not p.name.startswith(".~lock")}
    assert left <= {"x.cantine", "b"}


def test_a_backup_is_made_beside_the_open_window_and_put_back(run, demo, tmp_path):
    opened = open_book(demo)
    saved = run("backup", demo, "--to", tmp_path / "backups")
    opened.close()
    assert saved.code == 0
    (backup,) = (tmp_path / "backups").glob("*.cantine")
    assert str(backup) in saved.out
    target = tmp_path / "again.cantine"
    assert run("restore", backup, "--to", target).code == 0
    assert run("check", target).code == 0


def test_restoring_replaces_a_book_only_when_asked_and_keeps_it(run, demo, tmp_path):
    run("backup", demo, "--to", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").glob("*.cantine")
    refused = run("restore", backup, "--to", demo)
    assert refused.code == 1
    assert "--replace" in refused.err
    done = run("restore", backup, "--to", demo, "--replace")
    assert done.code == 0
    assert "Le livre précédent est gardé" in done.out


def test_writing_waits_for_the_window_to_be_closed(run, demo, tmp_path):
    shutil.copy(demo, tmp_path / "b.cantine")
    opened = open_book(demo)
    for command in (
        ["migrate", demo],
        ["restore", tmp_path / "b.cantine", "--to", demo, "--replace"],
    ):
        done = run(*command)
        assert done.code == 1, command
        assert "Traceback" not in done.err
    opened.close()


def test_an_up_to_date_book_says_so(run, demo):
    done = run("migrate", demo)
    assert done.code == 0
    assert "à jour" in done.out


def test_figures_are_given_for_people_and_for_programs(run, demo):
    told = run("figures", "--book", demo, "--from", "2026-11-01", "--to", "2026-11-30")
    assert told.code == 0
    assert "Du 01/11/2026 au 30/11/2026" in told.out
    answer = json.loads(run("figures", "--book", demo, "--json").out)
    assert (answer["from"], answer["to"]) == ("2026-11-01", "2026-11-30")
    done = next(f for f in answer["figures"] if f["key"] == "readings-done")
    assert 0 < float(done["value"]) <= 100
    assert done["unit"] == "%"


def test_figures_of_days_to_come_are_unknown_not_zero(run, demo):
    answer = json.loads(run("figures", "--book", demo, "--from", "2027-01-01", "--json").out)
    assert {f["value"] for f in answer["figures"]} == {None}


def test_an_unreachable_server_is_explained_without_the_password(run):
    done = run("figures", "--book", "postgresql://me:hush@127.0.0.1:1/none")
    assert done.code == 1
    assert "hush" not in done.err
    assert "127.0.0.1" in done.err
