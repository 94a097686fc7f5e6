"""The commands of the headless door."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 problems found, 2 misuse."""
    return 0 if arguments is None else 2
