"""Rosters of a canteen, and the public instances of T. Curtois beside a plain CP-SAT model.

The instances are read from the folder that ``CANTINE_ROSTERS`` names; without it they are left
out. CP-SAT runs in a process of its own, where the group ``benchmark`` is installed. Every
roster is judged by the rules of its instance, and no bound may pass the best value known.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.judging import cost_of, misses_of
from cantine_desktop.staff.choosing.locks import with_locks
from cantine_desktop.staff.choosing.model import Effort, Lock
from cantine_desktop.staff.choosing.repairing import published_of, repair
from cantine_desktop.staff.choosing.why_not import why_not
from tests.benchmarks import curtois_instance as curtois
from tests.benchmarks.curtois_pricing import problem_of
from tests.benchmarks.measuring import Cost, Row, timed
from tests.staff.choosing.canteen import canteen

ROOT = Path(__file__).parent.parent.parent
LIMITS = {1: 2.0, 2: 2.0, 3: 2.0, 4: 2.0, 5: 10.0, 6: 10.0, 7: 10.0, 8: 30.0, 9: 30.0, 10: 30.0}
"""Seconds of each instance; 11 as 10, and a minute for the larger ones."""
SIZES = (
    ("week, 8 people", {"weeks": 1, "patterns": 150}, 5.0),
    ("week, 8 people, all patterns", {"weeks": 1, "patterns": 1200}, 5.0),
    ("month, 8 people", {"weeks": 4, "patterns": 300}, 10.0),
    ("month, 8 people, all patterns", {"weeks": 4, "patterns": 1200}, 10.0),
    ("12 weeks, 8 people", {"weeks": 12, "patterns": 300}, 10.0),
    ("month, 60 people", {"weeks": 4, "people": 60, "patterns": 30}, 10.0),
)


def measure(folder):
    del folder
    for name, size, seconds in SIZES:
        yield from _canteen(name, size, seconds)
    if not curtois.FOLDER:
        sys.stderr.write("CANTINE_ROSTERS names no folder: no public instance is tried\n")
        return
    known = curtois.best_known()
    for file in sorted(Path(curtois.FOLDER).glob("Instance*.txt"), key=lambda f: len(f.name)):
        number = int(file.stem.removeprefix("Instance"))
        yield _instance(number, LIMITS.get(number, 30.0 if number == 11 else 60.0), known)


def _canteen(name, size, seconds):
    problem = canteen(**size)
    kept = []
    cost = timed(lambda: kept.append(choose(problem, Effort(seconds))))
    answer = kept[0]
    assert answer.cost == cost_of(problem, answer.chosen)
    assert answer.misses == misses_of(problem, answer.chosen)
    assert answer.bound <= answer.cost
    words = f"{cost.wall:.2f} s, {answer.quality}, cost {answer.cost}, bound {answer.bound}"
    yield Row(name, cost, cost, "itself", None, words)
    if size.get("people") or size["weeks"] > 4:
        return
    cell = next((d, "day") for d in range(1, 7) if (d, "day") not in answer.chosen["P3"][0].cells)
    asked = timed(lambda: kept.append(why_not(problem, answer, "P3", cell)))
    yield Row(f"  why not, {name}", asked, cost, "choosing", None, f"{kept[-1].extra} more")
    published = published_of(problem, answer.chosen)
    day = min(published["P0"])
    absent = with_locks(problem, [Lock("P0", day, frozenset(), "absence")])
    mended = timed(lambda: kept.append(repair(absent, published, _dear, Effort(seconds))))
    words = f"{len(kept[-1].changes)} days changed, {kept[-1].answer.quality}"
    yield Row(f"  repair, {name}", mended, cost, "choosing", None, words)


def _dear(_person, _day):
    return 300


def _instance(number, seconds, known):
    instance = curtois.load(number)
    problem, pricing = problem_of(instance)
    kept = []
    cost = timed(lambda: kept.append(choose(problem, Effort(seconds), pricing)))
    answer = kept[0]
    roster = {name: dict(own[0].cells if own[0] else ()) for name, own in answer.chosen.items()}
    assert curtois.faults(instance, roster) == []
    assert curtois.points(instance, roster) == answer.cost
    best = known.get(number)
    assert best is None or answer.bound <= best
    words = f"{answer.cost}, bound {answer.bound}, {cost.wall:.1f} s"
    if best:
        words += f", best known {best}: {answer.cost / best - 1:+.2%}"
    other, said = _plain(instance, number, seconds, best)
    return Row(f"instance {number}", cost, other or cost, said, None, words)


def _plain(instance, number, seconds, best):
    """Run the plain model as long; tell what it found, or that it is not there."""
    if find_spec("ortools") is None:
        return None, "nothing: ortools is not installed"
    command = [sys.executable, "-m", "tests.benchmarks.curtois_slots", str(number), str(seconds)]
    path = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | path, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None, f"CP-SAT, that failed: {done.stderr.strip().splitlines()[-1]}"
    found = json.loads(done.stdout)
    cost = Cost(found["seconds"], found["seconds"])
    if found["roster"] is None:
        return cost, f"CP-SAT: nothing, bound {found['bound']:.0f}"
    roster = {
        name: {int(day): shift for day, shift in row.items()}
        for name, row in found["roster"].items()
    }
    assert curtois.faults(instance, roster) == []
    points = curtois.points(instance, roster)
    gap = f" ({points / best - 1:+.1%})" if best else ""
    return cost, f"CP-SAT: {points}{gap}, bound {found['bound']:.0f}"
