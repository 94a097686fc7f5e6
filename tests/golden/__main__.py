"""Write the held files anew: ``python -m tests.golden``. Look at each before keeping it."""

from pathlib import Path

from tests.golden.documents import GOLDEN

HERE = Path(__file__).parent

for name, write in GOLDEN.items():
    with (HERE / f"{name}.pdf").open("wb") as target:
        write(target)
