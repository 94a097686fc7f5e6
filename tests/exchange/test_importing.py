"""A file goes in whole, or not at all, and one undo takes it back."""

import io
from importlib.metadata import EntryPoint

import pytest
from sqlalchemy import func, select

from cantine_desktop import plugins
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import ForbiddenError
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.exchange.running import run_import, summary
from cantine_desktop.storage.rights import Actor


def read_names(session, source, _now):
    """One canteen per line; an empty line is a problem, a known name stays as it is."""
    known = set(session.scalars(select(Canteen.name)))
    added, unchanged, problems = 0, 0, []
    for line, name in enumerate(source.read().decode().splitlines(), 1):
        if not name:
            problems.append(Problem(line, "nom", "le nom manque"))
        elif name in known:
            unchanged += 1
        else:
            session.add(Canteen(name=name))
            added += 1
    return ImportReport(added, unchanged, tuple(problems))


NAMES = Import("names", "Noms", (".txt",), read_names, "canteen")


def count(book):
    with book.read() as session:
        return session.scalar(select(func.count()).select_from(Canteen))


def give(book, text, **options):
    return run_import(book, NAMES, io.BytesIO(text.encode()), **options)


def test_a_good_file_goes_in_and_one_undo_takes_it_back(book):
    report = give(book, "Nord\nSud\nEst")
    assert (report.added, report.unchanged, report.problems) == (3, 0, ())
    assert count(book) == 3
    assert "Noms" in book.undo_label
    book.undo()
    assert count(book) == 0


def test_what_is_already_there_is_left_alone_and_counted(book):
    give(book, "Nord")
    report = give(book, "Nord\nSud\nEst")
    assert summary(report) == "1 déjà là, 2 nouvelles"
    assert count(book) == 3


def test_a_dry_run_tells_everything_and_keeps_nothing(book):
    assert summary(give(book, "Nord\nSud", dry_run=True)) == "0 déjà là, 2 nouvelles"
    assert count(book) == 0
    assert book.undo_label is None


def test_one_problem_keeps_everything_out_and_all_problems_are_told(book):
    report = give(book, "Nord\n\nSud\n\n")
    assert [str(p) for p in report.problems] == [
        "ligne 2, colonne «\u00a0nom\u00a0»\u00a0: le nom manque",
        "ligne 4, colonne «\u00a0nom\u00a0»\u00a0: le nom manque",
    ]
    assert summary(report) == "2 problèmes à corriger"
    assert count(book) == 0


def test_a_file_that_cannot_be_read_is_a_problem_not_a_crash(book):
    def refuse(_session, _source, _now):
        raise UnreadableError(whole_file("ce fichier est une photo"))

    report = run_import(book, Import("x", "X", (), refuse, "canteen"), io.BytesIO())
    assert [str(p) for p in report.problems] == ["ce fichier est une photo"]


def test_a_file_against_a_constraint_of_the_book_is_a_problem(book):
    def twice(session, _source, _now):
        session.add(Canteen(name=None))
        return ImportReport(1)

    report = run_import(book, Import("x", "X", (), twice, "canteen"), io.BytesIO())
    assert "rien n’a été importé" in str(report.problems[0])
    assert count(book) == 0


def test_a_profile_without_the_right_imports_nothing_not_even_dry(book):
    book.actor = Actor("Lecture", None, frozenset())
    for dry_run in (False, True):
        with pytest.raises(ForbiddenError, match="Lecture"):
            give(book, "Nord", dry_run=dry_run)


def test_a_broken_plug_in_is_left_out_and_the_others_stay(tmp_path, monkeypatch):
    (tmp_path / "crashing_plugin.py").write_text("1 / 0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "sound_plugin.py").write_text(
        "from cantine_desktop.exchange.registry import Export\n"
        "E = Export('outside', 'Dehors', '.csv', lambda *_: None)\nN = 3\n"
    )
    points = [
        EntryPoint("crashing", "crashing_plugin:E", "g"),
        EntryPoint("absent", "no_such_module:E", "g"),
        EntryPoint("number", "sound_plugin:N", "g"),
        EntryPoint("sound", "sound_plugin:E", "g"),
    ]
    loaded = plugins.load("g", Export, points)
    assert list(loaded.found) == ["sound"]
    assert loaded.found["sound"].key == "outside"
    assert sorted(loaded.broken) == ["absent", "crashing", "number"]
    assert "ZeroDivisionError" in loaded.broken["crashing"]
