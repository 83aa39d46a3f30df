"""Pictures, drawn anew: nothing but the picture itself is left, so no position and no camera."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from samkoll.files.kinds import JPEG, PNG, WEBP, Kind, NotTaken, Reason

MOST_PIXELS = 60_000_000
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_QUALITY = {JPEG: {"quality": 90}, PNG: {}, WEBP: {"quality": 90, "method": 2}}
_MODES = {
    JPEG: ("L", "RGB"),
    PNG: ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    WEBP: ("RGB", "RGBA"),
}


def redrawn(content: bytes, kind: Kind) -> bytes:
    """The picture turned the right way up, without EXIF, XMP, comments and colour profile.

    Of several frames (animation, depth picture of a phone) the first is kept.

    Raises: NotTaken; anything else when the content is damaged.
    """
    try:
        opened = Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])
    except Image.DecompressionBombError:
        raise NotTaken(Reason.PIXELS) from None
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NotTaken(Reason.PIXELS)
        upright = ImageOps.exif_transpose(opened)
    drawn = _in_a_mode_of(kind, upright)
    drawn.info.clear()
    out = io.BytesIO()
    drawn.save(out, _FORMATS[kind], **_QUALITY[kind])
    return out.getvalue()


def _in_a_mode_of(kind: Kind, picture: Image.Image) -> Image.Image:
    see_through = picture.has_transparency_data
    if picture.mode in _MODES[kind] and (not see_through or picture.mode in ("LA", "RGBA")):
        return picture
    return picture.convert("RGBA" if see_through and kind is not JPEG else "RGB")
