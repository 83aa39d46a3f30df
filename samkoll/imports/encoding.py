"""Which encoding a payroll file is in, and its bytes as UTF-8, strictly.

The readers below need whole lines; a line never cuts a character in the encodings that we take.
"""

from __future__ import annotations

import re
from typing import Final

from samkoll.imports.faults import FileFault

UTF8: Final = "utf-8"
CP1252: Final = "windows-1252"

_BOM: Final = b"\xef\xbb\xbf"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SAVE_AS = "Spara om den som CSV UTF-8 i kalkylprogrammet och försök igen."


class Transcoder:
    """Turns blocks of whole lines into UTF-8, one after the other.

    ``encoding`` is None until the first byte outside ASCII; that byte's line decides (valid UTF-8
    is never Windows-1252 by chance in Swedish text), so the block size never matters.
    """

    def __init__(self, declared: str) -> None:
        self.declared = declared
        self.encoding: str | None = None if declared == "auto" else declared

    def utf8(self, block: bytes, line: int = 1) -> bytes:
        """The block, whose first line is ``line``, in UTF-8 without byte order mark.

        Raises: FileFault naming line and byte of the first that cannot be read.
        """
        block = self._without_mark(block) if line == 1 else block
        try:
            return block if block.isascii() else self._converted(block)
        except UnicodeDecodeError as error:
            line += block.count(b"\n", 0, error.start)
            raise FileFault(self._undecodable(block[error.start], line)) from None

    def _without_mark(self, block: bytes) -> bytes:
        if not block.startswith(_BOM):
            return block
        self.encoding = UTF8
        return block[len(_BOM) :]

    def _converted(self, block: bytes) -> bytes:
        if self.encoding is None:
            self.encoding = _sniff(block)
        if self.encoding == UTF8:
            block.decode(UTF8)
            return block
        text = block.decode("latin-1").encode(UTF8)
        return block.decode("cp1252").encode(UTF8) if _has_c1(text) else text

    def _undecodable(self, byte: int, line: int) -> str:
        if self.declared != "auto":
            cause = f"profilen säger {self.declared}. Rätta filen eller profilen"
        elif self.encoding == UTF8:
            cause = f"filen börjar som UTF-8 men blandar teckenkodningar. {_SAVE_AS[:-1]}"
        else:
            cause = f"tecknet finns inte i {self.encoding}. {_SAVE_AS[:-1]}"
        return f"Rad {line} har en byte (0x{byte:02X}) som inte går att läsa: {cause}."


def _sniff(block: bytes) -> str:
    """UTF-8 if the first line with a byte outside ASCII is valid UTF-8, else Windows-1252."""
    found = _NOT_ASCII.search(block)
    if found is None:
        return UTF8
    start = block.rfind(b"\n", 0, found.start()) + 1
    stop = block.find(b"\n", found.start())
    try:
        block[start : stop if stop >= 0 else len(block)].decode(UTF8)
    except UnicodeDecodeError:
        return CP1252
    return UTF8


def _has_c1(text: bytes) -> bool:
    """Whether Windows-1252 and Latin-1 differ for a text, in UTF-8, that was read as Latin-1.

    Latin-1 decodes ten times faster, and Swedish letters never begin with this byte.
    """
    return b"\xc2" in text and _C1.search(text) is not None


def guess(heads: bytes, wanted: frozenset[str], separator: str) -> str | None:
    """The old encoding in which more of the wanted heads are readable, for a better sentence."""
    for name, codec in {"CP850 (DOS)": "cp850", "Mac OS Roman": "mac_roman"}.items():
        found = {
            head.strip().strip('"').casefold() for head in heads.decode(codec).split(separator)
        }
        if len(found & wanted) == len(wanted):
            return name
    return None
