from datetime import UTC, datetime

import pytest

from cantine_desktop import i18n
from cantine_desktop.documents.layout import PageFrame

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def frame():
    i18n.use_language("fr")
    yield PageFrame(
        "La Petite Cantine",
        "Feuille de températures",
        "semaine 47",
        NOW,
        "T-2026-S47",
        "À conserver 12 mois",
    )
    i18n.use_language("fr")  # fmt: skip
