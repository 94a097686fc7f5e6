"""Every benchmark: ``python -m tests.benchmarks [name…]``.

Each ``bench_*.py`` measures our way beside a baseline in the same run and asserts that both
gave the right answer. Times are printed, never judged: only a wrong answer fails.
"""

import os
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import HEADER, line


def main(names: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = []
    every = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    print(HEADER)
    for name in every:
        if names and name.removeprefix("bench_") not in names:
            continue
        with tempfile.TemporaryDirectory(prefix="cantine-bench-") as folder:
            os.environ["CANTINE_HOME"] = folder
            try:
                for row in import_module(f"tests.benchmarks.{name}").measure(Path(folder)):
                    print(line(row), flush=True)
            except Exception:  # noqa: BLE001  -- one wrong answer does not hide the others
                traceback.print_exc()
                failed.append(name)
    if failed:
        print(f"Wrong answers in: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
