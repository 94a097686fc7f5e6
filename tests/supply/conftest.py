"""What most tests of supply begin with: an action under way, and a supplier with its articles."""

import pytest

from tests.supply.desk import furnish


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def desk(session):
    return furnish(session)
