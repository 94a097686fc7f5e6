"""Set up everything that testing takes, then pass every gate: ``python3 installer/test.py``.

``--only NAME`` passes one gate, ``--quick`` leaves out those that take more than a few seconds,
``--list`` names them all. The exit code is 0 when everything passed, 1 otherwise.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  -- this very line must speak to an older Python
    sys.exit("Cantine Desktop demande Python 3.11 ou plus récent ; voici Python " + sys.version)

import argparse

import bootstrap
import gates
import system


def main() -> int:
    """Set up, pass the gates, print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="test.py", description="Prépare tout, puis vérifie tout.")
    parser.add_argument("--only", action="append", choices=sorted(gates.GATES), metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="leave out the slow gates")
    parser.add_argument("--list", action="store_true", help="name the gates and leave")
    arguments = parser.parse_args()
    if arguments.list:
        for name, gate in gates.GATES.items():
            print(f"{name:12} {gate.promise}")
        return 0
    python = bootstrap.main("test", window=False)
    system.offer_postgresql()
    return gates.pass_all(python, arguments.only, quick=arguments.quick)


if __name__ == "__main__":
    raise SystemExit(main())
