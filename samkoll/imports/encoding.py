"""Which encoding a file is in, and its bytes as UTF-8, strictly.

The readers need whole lines; a line never cuts a character in the encodings that we take. UTF-16
is the exception: it becomes UTF-8 on its way in (``utf8_stream``), before it is cut into lines.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final, Protocol

from samkoll.imports.faults import FileFault

UTF8: Final = "utf-8"
CP1252: Final = "windows-1252"
DOS: Final = "cp850"

_BOM: Final = b"\xef\xbb\xbf"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_LETTER = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")
_DOS_LETTER = re.compile(rb"[a-zA-Z][\x84\x86\x94\x8e\x8f\x99][a-z]")
_SAVE_AS = "Spara om den som CSV UTF-8 i kalkylprogrammet och försök igen."


class Stream(Protocol):
    """What the readers need of a file."""

    def read(self, size: int = -1, /) -> bytes: ...


class Utf8Stream:
    """UTF-16 read as UTF-8, without its byte order mark."""

    def __init__(self, stream: BinaryIO, start: bytes, codec: str) -> None:
        self._stream, self._start = stream, start
        self._decoder = codecs.getincrementaldecoder(codec)()

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes of UTF-8; none only at the end. Raises: FileFault."""
        text, raw = "", b"?"
        while raw and not text:
            raw, self._start = self._start + self._stream.read(size), b""
            try:
                text = self._decoder.decode(raw, final=not raw)
            except UnicodeDecodeError:
                raise FileFault(f"Filen är inte hel UTF-16. {_SAVE_AS}") from None
            text = text.lstrip("\ufeff")
        return text.encode()


def utf8_stream(stream: BinaryIO, start: bytes, declared: str) -> tuple[Stream, bytes, str]:
    """The stream, what has been read of it already, and the encoding to go on with.

    UTF-16 is known by its mark, by a blank byte in every second place, or by the profile.
    """
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(start[:2])
    if codec is None and (declared == "utf-16" or _is_wide(start)):
        codec = "utf-16-le"
    if codec is None:
        return stream, start, declared
    return Utf8Stream(stream, start, codec), b"", UTF8


def _is_wide(start: bytes) -> bool:
    return len(start) >= 4 and not any(start[1::2]) and all(start[::2])


class Transcoder:
    """Turns blocks of whole lines into UTF-8, one after the other.

    ``encoding`` is None until the first byte outside ASCII; that byte's line decides (valid UTF-8
    is never Windows-1252 by chance in Swedish text), so the block size never matters.
    """

    def __init__(self, declared: str) -> None:
        self.declared = declared
        self.encoding: str | None = None if declared == "auto" else declared
        self._sure = declared != "auto"

    def utf8(self, block: bytes, line: int = 1) -> bytes:
        """The block, whose first line is ``line``, in UTF-8 without byte order mark.

        Raises: FileFault naming line and byte of the first that cannot be read.
        """
        block = self._without_mark(block) if line == 1 else block
        try:
            return block if block.isascii() else self._converted(block, line)
        except UnicodeDecodeError as error:
            line += block.count(b"\n", 0, error.start)
            raise FileFault(self._undecodable(block[error.start], line)) from None

    def _without_mark(self, block: bytes) -> bytes:
        if not block.startswith(_BOM):
            return block
        self.encoding = UTF8
        return block[len(_BOM) :]

    def _converted(self, block: bytes, line: int) -> bytes:
        if self.encoding is None:
            self.encoding = _sniff(block)
        if self.encoding == UTF8:
            block.decode(UTF8)
            return block
        if self.encoding not in (CP1252, "iso-8859-1"):
            return block.decode(self.encoding).encode(UTF8)
        text = block.decode("latin-1").encode(UTF8)
        if self.encoding == "iso-8859-1" or not _has_c1(text):
            return text
        self._sure = self._sure or _LETTER.search(block) is not None
        if not self._sure:
            self._refuse_dos(block, line)
        return block.decode("cp1252").encode(UTF8)

    def _refuse_dos(self, block: bytes, line: int) -> None:
        """Between letters, 0x84 is ä in DOS and a quotation mark in Windows: nobody can tell, when
        no å, ä or ö of Windows stands in the file."""
        found = _DOS_LETTER.search(block)
        if found:
            line += block.count(b"\n", 0, found.start())
            raise FileFault(
                f"Rad {line} har tecken som kan vara å, ä eller ö från DOS (CP850) eller andra "
                "tecken i Windows-1252. Välj teckenkodning i profilen."
            )

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
