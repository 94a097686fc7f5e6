"""Where a new book goes: a place every system takes, and no synced folder."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ui.entrance.single import is_same
from ui.places import book_file, books_folder


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """Return a function that tells where the system keeps the person's documents."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    def are_in(folder):
        monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))

    are_in(tmp_path / "Documents")
    return are_in


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("canteen", "name"),
    [
        ("Le Port", "Le Port.cantine"),
        ("", "Cantine.cantine"),
        (" . ", "Cantine.cantine"),
        ("Aux", "_Aux.cantine"),
        ("Aux petits oignons", "Aux petits oignons.cantine"),
        ("Midi : 12/14", "Midi - 12-14.cantine"),
        ("é" * 200, "é" * 48 + ".cantine"),
    ],
)
def test_a_book_is_named_after_its_canteen_as_every_system_takes_it(canteen, name):
    assert book_file(canteen).name == name


def test_a_new_book_does_not_go_where_windows_syncs_the_documents(documents, tmp_path, monkeypatch):
    assert books_folder() == tmp_path / "Documents" / "Cantine"
    documents(tmp_path / "OneDrive" / "Documents")
    assert books_folder() == tmp_path / "Cantine"
    monkeypatch.setenv("OneDrive", str(tmp_path / "Nuage"))
    documents(tmp_path / "Nuage" / "Documents")
    assert books_folder() == tmp_path / "Cantine"


def test_one_book_is_known_however_its_place_is_written(tmp_path):
    assert is_same(str(tmp_path / "x.cantine"), f"{tmp_path.as_posix()}//y/../x.cantine")
    assert not is_same(str(tmp_path / "x.cantine"), str(tmp_path / "y.cantine"))
    assert not is_same("postgresql://a/b", "postgresql://a/c")
