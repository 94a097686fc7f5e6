"""Commands for those who work on the source: translations, sources of law, links."""

from argparse import Namespace
from pathlib import Path

from cantine_desktop.clock import Clock
from cantine_desktop.commands.output import say, warn
from cantine_desktop.commands.parsing import Commands, UsageError
from cantine_desktop.i18n import tr


def add_commands(commands: Commands) -> None:
    """Offer ``check-catalogue`` and ``update-catalogue``."""
    for name, run, purpose in (
        ("check-catalogue", _check, tr("Sources : traductions, textes de loi et liens complets ?")),
        ("update-catalogue", _update, tr("Sources : relever les textes et compiler.")),
    ):
        commands.add(name, run, purpose).add_argument(
            "locale",
            nargs="?",
            default="resources/locale",
            metavar=tr("DOSSIER"),
            help=tr("dossier des traductions, resources/locale"),
        )


def _check(options: Namespace, _clock: Clock) -> int:
    from cantine_desktop.commands import references, translations  # noqa: PLC0415  -- developers only

    root, locale = _folders(options)
    gaps = [
        *translations.check(root, locale),
        *references.check_sources(root),
        *references.check_links(root),
    ]
    for gap in gaps:
        say(f"{gap.place}: {gap.text}")
    if gaps:
        warn(f"{len(gaps)} gaps")
    return 1 if gaps else 0


def _update(options: Namespace, _clock: Clock) -> int:
    from cantine_desktop.commands import translations  # noqa: PLC0415  -- as above

    root, locale = _folders(options)
    gaps = translations.update(root, locale)
    for gap in gaps:
        say(f"{gap.place}: {gap.text}")
    warn(f"{len(gaps)} texts to translate")
    return 0


def _folders(options: Namespace) -> tuple[Path, Path]:
    """Return the folder of the source and the folder of the languages.

    Raises:
        UsageError: They are not those of this project.
    """
    locale = Path(options.locale).resolve()
    root = locale.parent.parent
    if not (root / "cantine_desktop").is_dir() or not (root / "pyproject.toml").is_file():
        raise UsageError(tr("Cette commande demande le code source : donnez resources/locale."))
    return root, locale
