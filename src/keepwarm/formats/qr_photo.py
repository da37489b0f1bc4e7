"""The QR code in a photo, as text."""

from __future__ import annotations

import io
import warnings

import zxingcpp
from PIL import Image, ImageOps

LARGEST = 60_000_000  # pixels; a telephone's camera has fifty million
WIDE = 2400  # pixels that a code is looked for in: more only takes longer


class NoPhoto(Exception):
    """It is no picture that can be read. One sentence for the user."""


def text(data: bytes) -> str:
    """What the first QR code says; "" where there is none. Raises NoPhoto."""
    for code in zxingcpp.read_barcodes(_picture(data), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        if code.text:
            return str(code.text)
    return ""


def _picture(data: bytes) -> Image.Image:
    """Upright, grey, and no larger than need be. Only the formats that cameras and screens make are opened at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP"))
        if picture.width * picture.height > LARGEST:
            raise NoPhoto("This picture is larger than any camera’s. Take one of the code alone.")
        picture.draft("L", (WIDE, WIDE))
        upright = ImageOps.exif_transpose(picture).convert("L")
        upright.thumbnail((WIDE, WIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NoPhoto("This is no picture that we can open. A JPEG or PNG works, or type the name.") from None
    return upright
