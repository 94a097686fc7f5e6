"""The daily backup and one asked for by hand may start in the same second."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.storage import online_copy
from cantine_desktop.storage.backup import back_up, list_backups, preview

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    opened = create_book(tmp_path / "Port.cantine", lambda: NOW)
    yield Path(opened.location)
    opened.close()


def test_two_backups_of_the_same_second_do_not_spoil_each_other(path, tmp_path, monkeypatch):
    folder = tmp_path / "b"
    made = []
    other = Thread(target=lambda: made.append(back_up(path, folder, NOW)))
    real = online_copy.prove

    def prove_after_the_other(*arguments):
        monkeypatch.undo()
        other.start()
        other.join()
        real(*arguments)

    monkeypatch.setattr(online_copy, "prove", prove_after_the_other)
    made.append(back_up(path, folder, NOW))
    assert len(made) == 2
    assert len(list_backups(folder)) == 1
    assert preview(made[0].path).counts == made[1].counts
