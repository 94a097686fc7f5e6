"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from cantine_desktop.replacing import write_whole


def test_a_file_is_never_seen_half_written(tmp_path, monkeypatch):
    target = tmp_path / "rapport.pdf"
    target.write_bytes(b"old")
    seen = []
    replace = Path.replace

    def watched(draft, place):
        seen.append(target.read_bytes())
        return replace(draft, place)

    monkeypatch.setattr(Path, "replace", watched)
    write_whole(target, b"new")
    assert seen == [b"old"]
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_that_fails_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    target = tmp_path / "rapport.pdf"
    target.write_bytes(b"old")

    def full(_draft, _place):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "rapport.pdf", b"new")
