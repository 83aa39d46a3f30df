"""Expected failures. Each carries the sentence that the user reads."""

from __future__ import annotations


class DomainError(Exception):
    """Something that a user may try and that does not work.

    ``str(error)`` is one Swedish sentence, with a full stop, that says what to do. Pages answer
    422 with it beside the form, commands print it and exit with 2. Anything else that goes wrong
    is a fault of ours: let it crash and be logged.
    """
