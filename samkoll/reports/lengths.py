"""How long a text is, and the sentence when it is too long. Counted on the server only.

A text is counted as the browser counts what is typed: a line break is one character, whatever
the browser sends it as; empty lines and spaces around the text are not counted, as they are not
kept either.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from samkoll.core.text import number


def counted(text: str) -> int:
    """Characters of a text as it is kept.

    >>> counted(" En rad\\r\\ntvå ")
    10
    """
    return len(text.replace("\r\n", "\n").strip())


def limit_words(longest: int) -> str:
    """What whoever writes is told of a limit; empty without one."""
    return _("Högst %(longest)s tecken.") % {"longest": number(longest)} if longest else ""


def too_long(text: str, longest: int) -> str:
    """The sentence that says how many characters a text has too many; empty when it fits.

    ``longest``: 0 for no limit.
    """
    over = counted(text) - longest
    if not longest or over <= 0:
        return ""
    said = _("Texten är %(over)s tecken för lång: den har %(count)s, och får ha högst %(longest)s.")
    shown = {"over": over, "count": over + longest, "longest": longest}
    return said % {name: number(value) for name, value in shown.items()}
