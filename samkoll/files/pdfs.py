"""PDFs are kept as they are, so that signatures hold; one that does things by itself is refused."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from samkoll.files.kinds import NotTaken, Reason

MOST_OBJECTS = 300_000
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMedia"}
_ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/RichMediaExecute"}
_FILES = {"/EF", "/EmbeddedFiles"}


def check(content: bytes) -> None:
    """Refuse scripts, programs to start, media, other files inside, and a password.

    Every object is looked at, also those that no page shows.

    Raises: NotTaken; anything else when the content is damaged.
    """
    try:
        opened = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise NotTaken(Reason.LOCKED) from None
    with opened as pdf:
        if not len(pdf.pages):
            raise NotTaken(Reason.DAMAGED)
        left = MOST_OBJECTS
        for each in pdf.objects:
            left = _check(each, left)
        _check(pdf.trailer, left)


def _check(top: Any, left: int) -> int:
    """Look at an object and all that stands directly in it; what it refers to has its own turn."""
    stack = [top]
    while stack:
        left -= 1
        if left < 0:
            raise NotTaken(Reason.TOO_MUCH)
        thing = stack.pop()
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if isinstance(thing, pikepdf.Dictionary):
            _check_dictionary(thing)
            inside = [value for _key, value in thing.items()]
        else:
            inside = list(thing) if isinstance(thing, pikepdf.Array) else []
        stack += [each for each in inside if _stands_here(each)]
    return left


def _stands_here(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Object) and not thing.is_indirect


def _check_dictionary(found: Any) -> None:
    keys = set(found.keys())
    if keys & _FILES:
        raise NotTaken(Reason.FILES_IN_PDF)
    action = found.get("/S")
    active = isinstance(action, pikepdf.Name) and str(action) in _ACTIVE_ACTIONS
    if keys & _ACTIVE_KEYS or active:
        raise NotTaken(Reason.ACTIVE_PDF)
