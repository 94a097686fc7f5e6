"""Reaching a book that lives in PostgreSQL, and saying why it cannot be reached."""

from contextlib import suppress

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from cantine_desktop.errors import UnreachableServerError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.engine import open_engine

_SECONDS_TO_ANSWER = 5


def is_server(location: str) -> bool:
    """Tell the address of a PostgreSQL database from the path of a file."""
    return location.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def open_server(location: str) -> Engine:
    """Return an engine on a PostgreSQL database that has answered.

    Raises:
        UnreachableServerError: No answer, wrong database or wrong password.
        UserError: The address is not written as it should be.
    """
    url = _address(location)
    options = {} if "connect_timeout" in url.query else {"connect_timeout": _SECONDS_TO_ANSWER}
    engine = open_engine(
        url.render_as_string(hide_password=False), pool_pre_ping=True, connect_args=options
    )
    try:
        engine.connect().close()
    except OperationalError as error:
        engine.dispose()
        # Not chained: the driver's own message may hold the password.
        raise UnreachableServerError(_explanation(url, str(error.orig))) from None
    except UnicodeError:  # a name that no machine can have
        engine.dispose()
        raise UnreachableServerError(_explanation(url, "")) from None
    return engine


def spoken(location: str) -> str:
    """Return an address as it may be shown, without its password."""
    with suppress(ArgumentError):
        return make_url(location).render_as_string(hide_password=True)
    return "postgresql://…"


def _address(location: str) -> URL:
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise UserError(
            tr(
                "L’adresse de la base n’est pas comprise. Elle s’écrit "
                "postgresql://utilisateur:motdepasse@serveur/base."
            )
        ) from None
    return url.set(drivername="postgresql+psycopg")


def _explanation(url: URL, reason: str) -> str:
    """Say what to do about a refusal; servers speak English or French."""
    machine = url.host or str(url.query.get("host", "localhost"))
    if "FATAL" not in reason:
        text = tr(
            "Le serveur « {host} » ne répond pas. Vérifiez que ce poste est relié au réseau, que "
            "le serveur est allumé et que son nom est juste."
        )
    elif "password" in reason or "mot de passe" in reason or "authentif" in reason:
        text = tr(
            "Le serveur « {host} » refuse l’utilisateur « {user} » ou son mot de passe. Vérifiez "
            "les deux dans les réglages, ou demandez-les à la personne qui tient le serveur."
        )
    elif "exist" in reason:
        text = tr(
            "Le serveur « {host} » répond, mais n’a pas de base « {base} » ouverte à « {user} ». "
            "Vérifiez le nom de la base."
        )
    else:
        text = tr(
            "Le serveur « {host} » répond, mais refuse l’accès à la base « {base} » à "
            "« {user} ». Demandez ce droit à la personne qui tient le serveur."
        )
    return text.format(host=machine, user=url.username or "", base=url.database or "")
