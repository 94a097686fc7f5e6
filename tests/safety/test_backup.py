"""Backups are proved, rotated, second-homed, looked into and put back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import (
    CorruptBookError,
    ForeignFileError,
    LockedError,
    UserError,
)
from cantine_desktop.schema.safekeeping import describe, is_due, keep_safe
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.storage import backup, online_copy
from cantine_desktop.storage.backup import Reason, back_up, list_backups, preview, rotate
from cantine_desktop.storage.restore import move_book, restore

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path):
    opened = create_book(tmp_path / "Port.cantine", lambda: NOW)
    with opened.book.action("Nommer la cantine") as session:
        session.add(Canteen(name="Cantine du port"))
    yield opened
    opened.close()


@pytest.fixture
def path(opened):
    return Path(opened.location)


@pytest.fixture
def closed(path, opened):
    opened.close()
    return path


def rename(opened, name):
    with opened.book.action("Renommer") as session:
        session.get_one(Canteen, 1).name = name


def name_in(path):
    again = open_book(path)
    with again.book.read() as session:
        name = session.scalar(select(Canteen.name))
    again.close()
    return name


def files(folder):
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def test_a_backup_of_a_book_in_use_is_one_sound_file_with_every_row(path, tmp_path):
    made = back_up(path, tmp_path / "b", NOW)
    assert files(tmp_path / "b") == ["Port_2026-11-22_08h30m00.cantine"]
    assert made.counts["canteen"] == 1
    assert made.counts["action"] == preview(path).counts["action"] > 0
    with closing(sqlite3.connect(f"file:{made.path}?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("SELECT name FROM canteen").fetchall() == [("Cantine du port",)]
    shutil.copy(made.path, tmp_path / "again.cantine")
    assert name_in(tmp_path / "again.cantine") == "Cantine du port"


def test_a_backup_shows_one_instant_while_others_write(opened, path, tmp_path, monkeypatch):
    monkeypatch.setattr(online_copy, "_PAGES_PER_STEP", 1)
    written = count(1)
    stop = Event()

    def write():
        while not stop.is_set():
            rename(opened, f"Cantine {next(written)}")

    writer = Thread(target=write)
    writer.start()
    shares = []
    made = [back_up(path, tmp_path / "b", NOW + timedelta(hours=n), progress=shares.append)
            for n in range(5)]  # fmt: skip
    stop.set()
    writer.join()
    assert next(written) > 2
    assert shares[-1] == 1
    assert shares == [s for s in shares if 0 <= s <= 1]
    for one in made:
        seen = preview(one.path)
        assert seen.counts == one.counts
    assert made[-1].counts["action"] > made[0].counts["action"]


class CancelledError(Exception):
    """Stands for the person's click on Cancel."""


def test_a_cancelled_backup_leaves_nothing(path, tmp_path, monkeypatch):
    monkeypatch.setattr(online_copy, "_PAGES_PER_STEP", 1)

    def cancel(share):
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        back_up(path, tmp_path / "b", NOW, progress=cancel)
    assert files(tmp_path / "b") == []


def test_a_copy_that_lacks_rows_is_not_kept(path, tmp_path, monkeypatch):
    whole = online_copy.count_rows
    calls = count()

    def miscount(connection):
        return whole(connection) | ({"canteen": 9} if next(calls) == 0 else {})

    monkeypatch.setattr(online_copy, "count_rows", miscount)
    with pytest.raises(UserError, match="ne contient pas tout"):
        back_up(path, tmp_path / "b", NOW)
    assert files(tmp_path / "b") == []


def test_a_damaged_book_gives_no_backup_and_spares_the_good_ones(closed, tmp_path):
    good = back_up(closed, tmp_path / "b", NOW)
    with closed.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(CorruptBookError, match="Port"):
        keep_safe(closed, [tmp_path / "b"], NOW + timedelta(days=1))
    assert files(tmp_path / "b") == [good.path.name]


DISK = 8 * 2**20
"""Bytes of a tiny disk."""


@pytest.fixture
def tiny_disk(tmp_path):
    """Yield a disk that holds a few empty books, filled but for a few pages."""
    disk = tmp_path / "cle"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a tiny disk needs root")
    (disk / "photos").write_bytes(bytes(DISK - 56_000))
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_so_and_nothing_half_written_stays(path, tiny_disk):
    with pytest.raises(UserError, match="disque est plein"):
        back_up(path, tiny_disk, NOW)
    assert files(tiny_disk) == ["photos"]


def test_a_full_second_disk_does_not_spoil_the_first_backup(path, tiny_disk, tmp_path):
    kept = keep_safe(path, [tmp_path / "b", tiny_disk], NOW)
    assert [b.path.parent for b in kept.backups] == [tmp_path / "b"]
    assert ["disque est plein" in problem for problem in kept.problems] == [True]
    assert files(tiny_disk) == ["photos"]


def test_a_restore_on_a_full_disk_leaves_the_book_as_it_was(closed, tiny_disk, tmp_path):
    good = back_up(closed, tmp_path / "b", NOW)
    (tiny_disk / "photos").unlink()
    shutil.copy(closed, tiny_disk / "Port.cantine")
    (tiny_disk / "photos").write_bytes(bytes(DISK - closed.stat().st_size - 56_000))
    before = (tiny_disk / "Port.cantine").read_bytes()
    with pytest.raises(UserError, match="plein"):
        restore(good.path, tiny_disk / "Port.cantine", NOW)
    assert (tiny_disk / "Port.cantine").read_bytes() == before


def test_a_folder_that_is_not_there_is_said_so(path, tmp_path):
    (tmp_path / "pas-un-dossier").touch()
    with pytest.raises(UserError, match="n’a pas pu être écrit"):
        back_up(path, tmp_path / "pas-un-dossier", NOW)
    kept = keep_safe(path, [tmp_path / "pas-un-dossier", tmp_path / "b"], NOW)
    assert len(kept.backups) == len(kept.problems) == 1


def test_the_second_destination_gets_the_same_bytes(path, tmp_path):
    first, second = keep_safe(path, [tmp_path / "b", tmp_path / "cle"], NOW).backups
    assert first.path.read_bytes() == second.path.read_bytes()
    assert second.path.parent == tmp_path / "cle"


def test_a_year_of_backups_keeps_seven_days_four_weeks_and_twelve_months(tmp_path):
    folder = tmp_path / "b"
    folder.mkdir()
    for age in range(500, -1, -1):
        for hours in (3, 0):
            at = NOW - timedelta(days=age, hours=hours)
            (folder / backup.backup_name("Port", at)).touch()
        rotate(folder, NOW - timedelta(days=age))
    every = [b.at for b in list_backups(folder)]
    recent = [at for at in every if NOW - at <= timedelta(hours=48)]
    assert len(recent) == 5
    days = {civil_date(at) for at in every}
    kept = [max(at for at in every if civil_date(at) == day) for day in sorted(days, reverse=True)]
    assert set(every) - set(recent) < set(kept)
    assert {civil_date(NOW - timedelta(days=n)) for n in range(7)} <= days
    assert {civil_date(NOW - timedelta(days=7 * n)) for n in range(4)} & days
    assert len({(day.year, day.month) for day in days}) == 12
    assert 7 + 2 + 11 <= len(kept) <= 7 + 3 + 11
    assert kept[0] == NOW
    assert rotate(folder, NOW) == []


def test_a_bad_afternoon_does_not_push_out_the_good_copy_of_the_morning(tmp_path):
    folder = tmp_path / "b"
    folder.mkdir()
    morning = NOW.replace(hour=7)
    (folder / backup.backup_name("Port", morning)).touch()
    for minute in range(25):
        at = NOW.replace(hour=13, minute=minute)
        (folder / backup.backup_name("Port", at)).touch()
        rotate(folder, at)
    kept = [b.at for b in list_backups(folder)]
    assert kept[-1] == morning
    assert len(kept) == 11
    rotate(folder, NOW.replace(hour=13) + timedelta(days=5))
    assert len(list_backups(folder)) == 1


def test_rotation_spares_other_books_other_files_and_risky_moments(closed, tmp_path):
    folder = tmp_path / "b"
    made = back_up(closed, folder, NOW)
    others = ["Quai_2026-11-22_08h30m00.cantine", "photo.jpg", "Port.cantine", "Port_2026.cantine"]
    for name in others:
        shutil.copy(made.path, folder / name)
    for n in range(8):
        shutil.copy(
            made.path,
            folder / backup.backup_name("Port", NOW - timedelta(n), Reason.BEFORE_UPGRADE),
        )
    rotate(folder, NOW)
    assert set(others) < set(files(folder))
    risky = [b for b in list_backups(folder, "Port") if b.reason is Reason.BEFORE_UPGRADE]
    assert [b.at for b in risky] == [NOW - timedelta(n) for n in range(5)]


def test_the_daily_backup_is_due_once_a_day_and_late_after_three(path, tmp_path):
    folders = [tmp_path / "b"]
    assert is_due(path, folders, NOW)
    assert backup.is_late(folders, "Port", NOW)
    keep_safe(path, folders, NOW)
    assert not is_due(path, folders, NOW + timedelta(hours=3))
    assert is_due(path, folders, NOW + timedelta(hours=20))
    assert not backup.is_late(folders, "Port", NOW + timedelta(days=3))
    assert backup.is_late(folders, "Port", NOW + timedelta(days=3, seconds=1))


def test_a_book_untouched_since_its_backup_needs_none_on_leaving(opened, path, tmp_path):
    now = datetime.fromtimestamp(path.stat().st_mtime, UTC) + timedelta(minutes=1)
    made = back_up(path, tmp_path / "b", now)
    assert not backup.changed_since(path, made)
    rename(opened, "Cantine du quai")
    wal = path.with_name(f"{path.name}-wal")
    os.utime(wal, (wal.stat().st_atime, wal.stat().st_mtime + 120))
    assert backup.changed_since(path, made)


def test_what_a_killed_backup_left_is_swept_a_day_later(path, tmp_path):
    folder = tmp_path / "b"
    folder.mkdir()
    left = folder / ".Port_2026-11-20_08h30m00.cantine.4242-77"
    left.write_bytes(b"half")
    at = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    back_up(path, folder, at + timedelta(hours=1))
    assert left.exists()
    back_up(path, folder, at + timedelta(hours=25))
    assert not left.exists()


def test_a_preview_says_in_french_what_is_inside(path, tmp_path):
    made = back_up(path, tmp_path / "b", NOW)
    seen = preview(made.path)
    assert (seen.canteen, seen.last_action, seen.last_label) == (
        "Cantine du port",
        NOW,
        "Nommer la cantine",
    )
    sentences = describe(seen)
    assert sentences[:2] == [
        "Cantine du port",
        "Dernière saisie le dimanche 22 novembre 2026 à 08:30\u00a0: Nommer la cantine",
    ]
    assert sentences[-1].endswith("dans l’historique")
    assert files(tmp_path / "b") == [made.path.name]


def test_restoring_brings_the_backup_back_and_keeps_what_was_there(opened, path, tmp_path):
    good = back_up(path, tmp_path / "b", NOW)
    rename(opened, "Faute")
    opened.close()
    done = restore(good.path, path, NOW + timedelta(hours=1))
    assert name_in(path) == "Cantine du port"
    assert name_in(done.kept) == "Faute"
    assert preview(good.path).canteen == "Cantine du port"
    restore(done.kept, path, NOW + timedelta(hours=2))
    assert name_in(path) == "Faute"


def test_writes_left_beside_a_crashed_book_do_not_soak_into_the_restored_one(
    opened, path, tmp_path
):
    good = back_up(path, tmp_path / "b", NOW)
    rename(opened, "Faute")
    crashed = tmp_path / "crash" / "Port.cantine"
    crashed.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", f"{crashed}{suffix}")
    assert crashed.with_name("Port.cantine-wal").stat().st_size
    done = restore(good.path, crashed, NOW)
    assert name_in(crashed) == "Cantine du port"
    assert name_in(done.kept) == "Faute"


def test_restoring_over_a_damaged_book_keeps_its_bytes(closed, tmp_path):
    good = back_up(closed, tmp_path / "b", NOW)
    with closed.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    damaged = closed.read_bytes()
    done = restore(good.path, closed, NOW)
    assert name_in(closed) == "Cantine du port"
    assert done.kept.read_bytes() == damaged


def test_restoring_where_there_is_no_book_makes_one(closed, tmp_path):
    good = back_up(closed, tmp_path / "b", NOW)
    done = restore(good.path, tmp_path / "neuf" / "Port.cantine", NOW)
    assert done.kept is None
    assert name_in(done.path) == "Cantine du port"


def test_restoring_refuses_an_open_book_junk_and_itself(opened, path, tmp_path):
    good = back_up(path, tmp_path / "b", NOW)
    with pytest.raises(LockedError):
        restore(good.path, path, NOW)
    opened.close()
    junk = tmp_path / "junk.cantine"
    junk.write_text("junk")
    with pytest.raises(ForeignFileError):
        restore(junk, path, NOW)
    with pytest.raises(ForeignFileError):
        restore(good.path, junk, NOW)
    with pytest.raises(UserError, match="rien à restaurer"):
        restore(path, path, NOW)
    assert junk.read_text() == "junk"
    assert name_in(path) == "Cantine du port"


def test_restoring_a_damaged_backup_leaves_the_book(closed, tmp_path):
    good = back_up(closed, tmp_path / "b", NOW)
    with good.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(CorruptBookError):
        restore(good.path, closed, NOW)
    assert name_in(closed) == "Cantine du port"


def test_moving_a_book_out_of_a_synced_folder_leaves_a_backup_there(closed, tmp_path):
    left = move_book(closed, tmp_path / "Documents" / "Port.cantine", NOW)
    assert not closed.exists()
    assert left.parent == closed.parent
    assert preview(left).canteen == "Cantine du port"
    assert [b.path for b in list_backups(closed.parent, "Port")] == [left]
    assert name_in(tmp_path / "Documents" / "Port.cantine") == "Cantine du port"


def test_moving_never_replaces_a_file(closed, tmp_path):
    (tmp_path / "there.cantine").write_text("mine")
    with pytest.raises(UserError, match="déjà un fichier"):
        move_book(closed, tmp_path / "there.cantine", NOW)
    assert name_in(closed) == "Cantine du port"
