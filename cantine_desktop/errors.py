"""What can go wrong and is not a bug."""


class UserError(Exception):
    """Something the person can put right; the message tells how, in their language."""


class ConflictError(UserError):
    """The data changed since the action being undone."""


class SealedError(UserError):
    """The record is closed for good; only a correction may follow."""


class ForbiddenError(UserError):
    """The profile in use has no right to this."""
