"""Printed files look as they did: by bytes, else by words, else by ink."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from tests.documents.reading import pages, picture
from tests.golden.documents import GOLDEN

HERE = Path(__file__).parent
SAYS = "run `python -m tests.golden`, look at the files, and keep them if they are right"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_document_looks_as_it_did(name):
    target = BytesIO()
    GOLDEN[name](target)
    made, held = target.getvalue(), (HERE / f"{name}.pdf").read_bytes()
    if made == held:
        return
    assert pages(made) == pages(held), SAYS
    for page in range(len(pages(held))):
        new, old = (np.asarray(picture(f, page)).astype(int) for f in (made, held))
        assert new.shape == old.shape, SAYS
        # A library that draws an edge otherwise changes greys, not a two-hundredth of the ink.
        assert (abs(new - old) > 100).mean() < 0.0005, f"page {page + 1}: {SAYS}"
