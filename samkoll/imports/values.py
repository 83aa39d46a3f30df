"""How one cell of words is read. Plain functions of a text; each distinct text is read once.

Numbers are read by ``numbers``, days and months by ``dates``, persons by ``identities``.
"""

from __future__ import annotations

from collections.abc import Mapping

from samkoll.imports.faults import Rejected, meant


def word(
    text: str,
    words: Mapping[str, int],
    blank: int | None = None,
    fallback: int | None = None,
) -> int:
    """The code of a word, whatever its case; ``fallback`` is the code of words not listed.

    Raises: Rejected, naming the nearest word.
    """
    plain = " ".join(text.split())
    if not plain and blank is not None:
        return blank
    code = lookup(plain, words)
    if code is None:
        code = fallback if plain else None
    if code is not None:
        return code
    if not plain:
        raise Rejected("blank", "värdet saknas.")
    raise Rejected("word", meant(plain, words))


def lookup(text: str, words: Mapping[str, int]) -> int | None:
    """The code of a word that is listed, whatever its case and its spaces."""
    plain = " ".join(text.split()).casefold()
    return {known.casefold(): number for known, number in words.items()}.get(plain)
