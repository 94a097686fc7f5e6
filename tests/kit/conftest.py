import pytest

from ui.kit import theme


@pytest.fixture
def dressed(qapp):
    theme.apply(qapp, "light", 100)
    yield qapp
    theme.apply(qapp, "light", 100)
