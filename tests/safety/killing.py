"""Kill a process that works on a book, again and again, and look at what is left.

Run as a program, by ``test_killing``: it loads everything once, then forks a
child for each round, so that a round costs a few hundredths of a second. It
prints one JSON object: the rounds done and what was found wrong.

    python -m tests.safety.killing writing FOLDER ROUNDS SEED
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command  # noqa: F401  -- loaded before the children are made
from sqlalchemy import func, select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.schema import migrate, upgrade
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.storage import online_copy
from cantine_desktop.storage.backup import back_up, default_folder, list_backups, preview
from cantine_desktop.storage.destruction import destroy
from cantine_desktop.storage.history import Action
from cantine_desktop.storage.recognition import check_pages, recognise
from cantine_desktop.storage.restore import restore
from cantine_desktop.storage.scrubbing import is_due, scrub
from cantine_desktop.storage.verify import verify

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
LONGEST = 0.06
"""Seconds it may still live then."""


def write(path: Path, tell: Callable[[str], None]) -> None:
    """Write action after action, and tell each one once it is kept."""
    opened = open_book(path, lambda: NOW)
    with opened.book.read() as session:
        number = session.scalar(select(func.count()).select_from(Canteen)) or 0
    while True:
        number += 1
        with opened.book.action(f"Action {number}") as session:
            session.add(Canteen(name=f"Cantine {number}"))
            session.flush()
            # Two rows that must agree: half an action would show.
            session.get_one(Canteen, 1).seats = number
        tell(str(number))


def boast(path: Path, tell: Callable[[str], None]) -> None:
    """Tell each action two actions before it is kept: what the check must notice."""
    write(path, lambda said: tell(str(int(said) + 2)))


def check_written(path: Path, told: list[str]) -> list[str]:
    """Return what an interrupted writer spoilt or lost."""
    opened = open_book(path, lambda: NOW)
    with opened.book.read() as session:
        rows = session.scalar(select(func.count()).select_from(Canteen)) or 0
        seats = session.scalar(select(Canteen.seats).where(Canteen.id == 1))
        labels = set(session.scalars(select(Action.label)))
    opened.close()
    wrong = [f"half an action: {rows} rows, {seats} written"] if rows != seats else []
    lost = [number for number in told if f"Action {number}" not in labels]
    return wrong + [f"lost: {lost}"] * bool(lost)


def back_up_often(path: Path, tell: Callable[[str], None]) -> None:
    """Back up, write, back up again, into a folder and a second one."""
    online_copy._PAGES_PER_STEP = 4
    opened = open_book(path, lambda: NOW)
    at = NOW
    while True:
        at += timedelta(minutes=1)
        tell(str(back_up(path, default_folder(path), at).path))
        with opened.book.action("Renommer") as session:
            session.get_one(Canteen, 1).name = str(at)


def check_backups(path: Path, told: list[str]) -> list[str]:
    """Return which backups bear the name of a good one and are not, or went missing."""
    wrong = [f"missing: {name}" for name in told if not Path(name).exists()]
    for made in list_backups(default_folder(path)):
        if preview(made.path).counts["canteen"] < 1:
            wrong.append(f"empty: {made.path.name}")
        made.path.unlink()
    return wrong


def restore_often(path: Path, tell: Callable[[str], None]) -> None:
    """Put one backup in place of the book, then the other, and tell which."""
    at = NOW
    while True:
        for name in ("one", "two"):
            at += timedelta(seconds=1)
            restore(path.parent / f"{name}.backup", path, at)
            tell(name)


def check_restored(path: Path, told: list[str]) -> list[str]:
    """Return whether the book is anything else than one of the two, whole."""
    found = preview(path).canteen
    expected = {"one", "two"} if told else {"start", "one", "two"}
    for kept in list_backups(default_folder(path)):
        if preview(kept.path).canteen not in {"start", "one", "two"}:
            return [f"kept: {kept.path}"]
        kept.path.unlink()
    return [] if found in expected else [f"the book is {found!r}"]


def upgrade_often(path: Path, tell: Callable[[str], None]) -> None:
    """Bring copies of an old book to the next schema."""
    number = 0
    while True:
        number += 1
        copy = path.with_name(f"{number}.cantine")
        copy.write_bytes(path.read_bytes())
        open_book(copy, lambda: NOW).close()
        tell(copy.name)


def check_upgraded(path: Path, told: list[str]) -> list[str]:
    """Return which copies are neither the old book nor the new one, or lost rows."""
    wrong: list[str] = []
    rows = preview(path).counts["canteen"]
    for copy in sorted(path.parent.glob("[0-9]*.cantine")):
        if copy.stat().st_size < path.stat().st_size:
            copy.unlink()  # killed while copying, before any upgrade
            continue
        seen = preview(copy)
        if copy.name in told and seen.revision != "0002":
            wrong.append(f"{copy.name} was told and is not upgraded")
        open_book(copy, lambda: NOW).close()
        seen = preview(copy)
        if (seen.revision, seen.counts["canteen"]) != ("0002", rows):
            wrong.append(f"{copy.name}: {seen}")
        for saved in list_backups(default_folder(copy)):
            if preview(saved.path).revision != "0001":
                wrong.append(f"backup of {copy.name} is not of the old schema")
            saved.path.unlink()
        for side in ("", "-wal", "-shm"):
            copy.with_name(copy.name + side).unlink(missing_ok=True)
    return wrong


def destroy_often(path: Path, tell: Callable[[str], None]) -> None:
    """Write a name, destroy it, take its bytes out of the file, and tell it."""
    opened = open_book(path, lambda: NOW)
    with opened.book.read() as session:
        number = session.scalar(select(func.max(Canteen.id))) or 0
    while True:
        number += 1
        with opened.book.action("Écrire") as session:
            session.add_all([Canteen(name=f"Zorglub{number:06}.{n}") for n in range(20)])
        with opened.book.read() as session:
            keys = session.scalars(select(Canteen.id).where(Canteen.id > 1)).all()
        with opened.book.action("Détruire", undoable=False) as session:
            destroy(session, [("canteen", key) for key in keys], [], "L. M.", NOW)
        scrub(opened.book.engine)
        tell(f"Zorglub{number:06}")
        number += 20


def check_destroyed(path: Path, told: list[str]) -> list[str]:
    """Return which names said to be destroyed are still in the file, and what does not agree."""
    opened = open_book(path, lambda: NOW)
    wrong = ["bytes are left after opening"] if is_due(opened.book.engine) else []
    with opened.book.read() as session:
        wrong += [f"{f.place}: {f.text}" for f in verify(session)]
        rows = session.scalar(select(func.count()).select_from(Canteen)) or 0
        named = {name.split(".")[0] for name in session.scalars(select(Canteen.name))}
    opened.close()
    wrong += [f"half a destruction: {rows} rows"] * (rows % 20 != 1)
    held = path.read_bytes()
    return wrong + [
        f"still in the file: {n}" for n in told if n not in named and n.encode() in held
    ]


Work = Callable[[Path, Callable[[str], None]], None]
Check = Callable[[Path, list[str]], list[str]]

KINDS: dict[str, tuple[Work, Check, int]] = {
    "writing": (write, check_written, 6),
    "boasting": (boast, check_written, 6),
    "backup": (back_up_often, check_backups, 2),
    "restoring": (restore_often, check_restored, 2),
    "upgrading": (upgrade_often, check_upgraded, 1),
    "destroying": (destroy_often, check_destroyed, 2),
}
"""What the child does, what is looked at then, and how many things it tells at most before."""


def prepare(kind: str, folder: Path) -> Path:
    """Make the book that will be worked on."""
    path = folder / "Port.cantine"
    opened = create_book(path, lambda: NOW)
    with opened.book.action("Nommer") as session:
        session.add(Canteen(name="start", seats=1))
    if kind not in {"writing", "boasting", "destroying"}:
        with opened.book.action("Remplir") as session:
            session.add_all([Canteen(name=f"{n}" * 50) for n in range(1000)])
    for name in ("one", "two") if kind == "restoring" else ():
        with opened.book.action("Renommer") as session:
            session.get_one(Canteen, 1).name = name
        back_up(path, folder, NOW).path.rename(folder / f"{name}.backup")
    opened.close()
    if kind == "upgrading":
        migrate.SCRIPTS, upgrade.HEAD = str(folder / "scripts"), "0002"
    return path


def live_and_die(work: Work, path: Path, most: int, chance: random.Random) -> list[str]:
    """Let a child work for a while, kill it, and return what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(path, lambda said: os.write(writing, f"{said}\n".encode()) and None)
        finally:
            os.write(writing, b"FAILED\n")
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        # Counted in things told, not in seconds: the machine may be busy.
        told = [pipe.readline() for _ in range(chance.randint(0, most))]
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += pipe.readlines()
    return [line.decode().strip() for line in told if line]


def main(kind: str, folder: Path, rounds: int, seed: int) -> None:
    """Kill, look, count, print."""
    chance = random.Random(seed)
    work, check, most = KINDS[kind]
    path = prepare(kind, folder)
    began, told_in_all, wrong = time.monotonic(), 0, []
    for number in range(1, rounds + 1):
        told = live_and_die(work, path, most, chance)
        told_in_all += len(told)
        try:
            recognise(path)
            check_pages(path, thorough=True)
            found = check(path, told)
        except UserError as error:
            found = [f"{type(error).__name__}: {error}"]
        found += ["the child failed"] * ("FAILED" in told)
        if number % 25 == 0 or number == rounds:
            opened = open_book(path, lambda: NOW)
            with opened.book.read() as session:
                found += [f"{f.place}: {f.text}" for f in verify(session)]
            opened.close()
        wrong += [f"round {number}: {text}" for text in found]
    report = {
        "rounds": rounds,
        "told": told_in_all,
        "wrong": wrong,
        "seconds": round(time.monotonic() - began, 1),
    }
    sys.stdout.write(f"{json.dumps(report)}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
