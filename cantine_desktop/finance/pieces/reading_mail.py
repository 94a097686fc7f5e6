"""What a mail carries: its attachments, and who sent it when."""

from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import NamedTuple, cast

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr

MOST_PARTS = 200
DEEPEST = 5
LARGEST_MAIL = 60 * 2**20
_DECORATIONS = 20_000
"""Bytes: pictures shown inside a message and smaller than this are logos, not proofs."""


_DAMAGES = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What a mail nobody could have sent makes its reader stumble on."""


class Mail(NamedTuple):
    """A mail.

    Attributes:
        source: « Courriel de … : … », who sent it and its subject.
        files: Name and content of each attachment, those of mails joined to it too.
    """

    source: str
    files: list[tuple[str, bytes]]


def read_mail(content: bytes) -> Mail:
    """Return what a mail (``.eml``) carries.

    Raises:
        UserError: It is no mail, or out of measure.
    """
    if len(content) > LARGEST_MAIL:
        raise UserError(tr("Ce courriel est démesuré : joignez ses pièces une par une."))
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        sender, subject = str(message.get("from", "")), str(message.get("subject", ""))
        files = _files(message)
    except _DAMAGES as error:
        raise UserError(tr("Ce courriel est abîmé : joignez ses pièces une par une.")) from error
    if not sender and not subject and not files:
        raise UserError(tr("Ce fichier n’est pas un courriel lisible."))
    return Mail(_source(sender, subject), files)


def _source(sender: str, subject: str) -> str:
    text = tr("Courriel de {who} : {what}")
    return " ".join(
        text.format(who=sender or tr("inconnu"), what=subject or tr("sans objet")).split()
    )[:200]


def _files(message: Message, depth: int = 0) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    if depth > DEEPEST:
        raise UserError(tr("Ce courriel emboîte trop de courriels."))
    for rank, part in enumerate(_parts(message), 1):
        if rank > MOST_PARTS:
            raise UserError(tr("Ce courriel a trop de pièces."))
        if part.get_content_type() == "message/rfc822":
            for inner in _inside(part)[:1]:
                found += _files(inner, depth + 1)
            continue
        name = part.get_filename() or ""
        payload = part.get_payload(decode=True)
        if not name or not isinstance(payload, bytes) or not payload:
            continue
        if _is_decoration(part, payload):
            continue
        found.append((name, payload))
    return found


def _parts(message: Message) -> list[Message]:
    """Return the leaves of a mail, without going into the mails joined to it."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        return [message]
    leaves: list[Message] = []
    waiting = [message]
    while waiting and len(leaves) <= MOST_PARTS:
        part = waiting.pop(0)
        inner = _inside(part) if part.get_content_type() != "message/rfc822" else []
        if inner:
            waiting[:0] = inner
        else:
            leaves.append(part)
    return leaves


def _inside(part: Message) -> list[Message]:
    payload: object = part.get_payload()
    if not isinstance(payload, list):
        return []
    held = cast("list[object]", payload)
    return [each for each in held if isinstance(each, Message)]


def _is_decoration(part: Message, payload: bytes) -> bool:
    shown = isinstance(part, EmailMessage) and part.get_content_disposition() != "attachment"
    return shown and part.get_content_maintype() == "image" and len(payload) < _DECORATIONS
