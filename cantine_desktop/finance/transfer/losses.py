"""What a layout does not carry, told before anybody chooses it."""

from dataclasses import dataclass

from cantine_desktop.finance.transfer.profiles import CODES, Profile
from cantine_desktop.i18n import mark, tr

WORDS = {
    "label": mark("le libellé"),
    "piece": mark("la référence de pièce"),
    "piece_day": mark("la date de pièce"),
    "due_day": mark("l’échéance"),
    "account_title": mark("l’intitulé des comptes"),
    "party": mark("le compte auxiliaire à part du compte collectif"),
    "party_name": mark("le nom des tiers"),
    "lettering": mark("le lettrage"),
    "activity": mark("la section d’activité"),
    "project": mark("la section de projet"),
    "number": mark("les limites des écritures"),
    "validated_on": mark("la date de validation"),
}
"""What a file may leave out or cut, in the order it is told."""


@dataclass(frozen=True)
class Losses:
    """What does not come back from a file of a layout.

    Attributes:
        absent: Values the layout has no room for, by their name in ``FlatLine``.
        cut: Bytes that are left of a text, by its name.
        plain: Letters outside the encoding become simpler ones.
        guessed: Entries are told apart by their balance, as the file does not number them: one
            whose first lines balance already comes back as two.
    """

    absent: tuple[str, ...]
    cut: dict[str, int]
    plain: bool
    guessed: bool


def losses(profile: Profile) -> Losses:
    """Return what a layout loses."""
    sources = profile.sources
    there = set(sources)
    if "holder_title" in there:
        there |= {"account_title"}
    if any(record.per == "party" for record in profile.records):
        there |= {"party", "party_name"}
    if any(record.per == "account" for record in profile.records):
        there.add("account_title")
    if "index" in there:
        there.add("number")
    if "holder_title" in there and "party" in there:
        there.add("party_name")
    cut = {
        name: sources[name].width
        for name in WORDS
        if name in sources and sources[name].width and name not in CODES | {"due_day"}
    }
    return Losses(
        absent=tuple(name for name in WORDS if name not in there and name != "number"),
        cut=cut,
        plain=not profile.encoding.startswith("utf"),
        guessed="index" not in sources,
    )


def in_words(profile: Profile) -> str:
    """Say in one or two sentences what a layout loses."""
    lost = losses(profile)
    sentences: list[str] = []
    if lost.absent:
        what = ", ".join(tr(WORDS[name]) for name in lost.absent)
        sentences.append(tr("Ne porte pas : {what}.").format(what=what))
    if lost.cut:
        what = ", ".join(
            tr("{what} à {n} signes").format(what=tr(WORDS[name]), n=width)
            for name, width in lost.cut.items()
        )
        sentences.append(tr("Coupe : {what}.").format(what=what))
    if lost.guessed:
        sentences.append(tr("Ne numérote pas les écritures : elles se séparent par leur solde."))
    return " ".join(sentences)
