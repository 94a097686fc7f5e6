"""How controls, gaps and verdicts are put into words, in the file and on its screen."""

from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.words import BREACH_SIGN, TOLERATED_SIGN
from cantine_desktop.i18n import tr, trn

NOT_DONE_SIGN = "—"

SIGNS = {
    Verdict.CONFORM: "",
    Verdict.TOLERATED: TOLERATED_SIGN,
    Verdict.BREACH: BREACH_SIGN,
    Verdict.NOT_DONE: NOT_DONE_SIGN,
    Verdict.NOT_APPLICABLE: "",
}
"""What stands beside a record: a photocopy keeps it."""


def counts_words(control: Control) -> str:
    """Say what was due, done, explained, missing, closed: ``212 faits sur 215 · 3 manquants``."""
    counts = control.counts
    if control.on_event:
        said = [trn("{n} enregistrement", "{n} enregistrements", counts.due)]
        if counts.missing:
            said.append(trn("{n} incomplet", "{n} incomplets", counts.missing))
    elif not counts.due:
        said = [tr("rien n’était dû")]
    else:
        said = [tr("{done} faits sur {due}").format(done=counts.done, due=counts.due)]
        if counts.explained:
            said.append(trn("{n} expliqué", "{n} expliqués", counts.explained))
        said.append(
            trn("{n} manquant", "{n} manquants", counts.missing)
            if counts.missing
            else tr("rien ne manque")
        )
    if counts.closed:
        said.append(trn("{n} fermé", "{n} fermés", counts.closed))
    breaches = control.verdicts.get(Verdict.BREACH, 0)
    if breaches:
        said.append(trn("{n} non conforme", "{n} non conformes", breaches))
    return " · ".join(said)


def missing_in(controls: list[Control]) -> int:
    """Return how many records are missing in all."""
    return sum(control.counts.missing for control in controls)


def completeness_sentence(controls: list[Control]) -> str:
    """Say in one honest sentence how complete the file is."""
    due = sum(control.counts.due for control in controls)
    done = sum(control.counts.done for control in controls)
    explained = sum(control.counts.explained for control in controls)
    missing = missing_in(controls)
    if not due:
        return tr("Aucun contrôle n’était prévu ni noté sur cette période.")
    if not missing and not explained:
        return tr(
            "Les {due} contrôles prévus sur la période ont été notés ; ce que disent ces "
            "contrôles, y compris les écarts, est dans les pages qui suivent."
        ).format(due=due)
    return tr(
        "Sur {due} contrôles prévus, {done} ont été faits, {explained} n’ont pas été faits et on "
        "dit pourquoi, {missing} manquent sans explication ; rien n’a été rempli après coup par "
        "le logiciel."
    ).format(due=due, done=done, explained=explained, missing=missing)
