"""A finished file takes its name although a program looks at it for an instant, as on Windows."""

from pathlib import Path

import pytest

from cantine_desktop import replacing
from cantine_desktop.replacing import put_in_place


@pytest.fixture
def watched(monkeypatch):
    """Return a function that has the next renamings refused, with Windows's number for why."""
    monkeypatch.setattr(replacing, "_PAUSES", (0.0, 0.0, 0.0))
    rename = Path.replace

    def watch(times, number):
        refusals = [number] * times

        def refuse(draft, target):
            if refusals:
                error = PermissionError(13, "refused")
                error.winerror = refusals.pop()
                raise error
            return rename(draft, target)

        monkeypatch.setattr(Path, "replace", refuse)
        return refusals

    return watch


@pytest.fixture
def files(tmp_path):
    draft, target = tmp_path / "draft", tmp_path / "target"
    draft.write_text("new")
    target.write_text("old")
    return draft, target


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_an_antivirus_looks_at_is_replaced_a_little_later(watched, files, number):
    watched(3, number)
    put_in_place(*files)
    assert files[1].read_text() == "new"
    assert not files[0].exists()


def test_a_file_that_stays_open_elsewhere_is_left_and_said_so(watched, files):
    watched(9, 32)
    with pytest.raises(PermissionError):
        put_in_place(*files)
    assert files[1].read_text() == "old"


def test_a_folder_that_may_not_be_written_is_said_so_at_once(watched, files):
    left = watched(9, None)
    with pytest.raises(PermissionError):
        put_in_place(*files)
    assert len(left) == 8
