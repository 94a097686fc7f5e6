"""A process killed at any instant loses nothing that was said to be kept.

``python -m tests.safety.killing writing FOLDER ROUNDS SEED`` does it by hand.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.schema.later import write_later_scripts

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")


def kill(kind, folder, rounds):
    done = subprocess.run(
        [sys.executable, "-m", "tests.safety.killing", kind, folder, str(rounds), "2026"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["rounds"] == rounds
    return report


@pytest.mark.timeout(300)
def test_two_hundred_kills_of_a_writing_process_lose_no_action(tmp_path):
    report = kill("writing", tmp_path, 200)
    assert report["wrong"] == []
    assert report["told"] > 200


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["backup", "restoring", "upgrading", "destroying"])
def test_kills_during_risky_work_leave_whole_books_and_whole_backups(tmp_path, kind):
    write_later_scripts(tmp_path / "scripts")
    report = kill(kind, tmp_path, 25)
    assert report["wrong"] == []
    assert report["told"] > 0


def test_an_action_told_before_it_is_kept_would_be_noticed(tmp_path):
    report = kill("boasting", tmp_path, 5)
    assert any("lost" in problem for problem in report["wrong"])
