"""What may be asked on the command line."""

from collections.abc import Sequence
from typing import NamedTuple


class Options(NamedTuple):
    """What was asked on the command line.

    Attributes:
        book: File or address of the book to open; empty for the last one.
        demo: Open the demonstration canteen.
        smoke: Start, open the demonstration in a folder thrown away, close.
        bench: Print when the first paint and the first screen came, and close.
    """

    book: str = ""
    demo: bool = False
    smoke: bool = False
    bench: bool = False


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line; a mistake is explained and ends the program with code 2."""
    import argparse  # noqa: PLC0415  -- usually there is nothing to read

    parser = argparse.ArgumentParser(
        prog="cantine-desktop", description="Le bureau d’une cantine participative à prix libre."
    )
    parser.add_argument(
        "book", nargs="?", default="", help="fichier .cantine, ou adresse d’un serveur"
    )
    parser.add_argument("--demo", action="store_true", help="ouvrir la cantine de démonstration")
    parser.add_argument("--smoke", action="store_true", help="démarrer, vérifier, fermer")
    parser.add_argument(
        "--bench-exit", dest="bench", action="store_true", help="mesurer le démarrage"
    )
    return Options(**vars(parser.parse_args(arguments)))
