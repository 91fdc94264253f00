"""QR codes of addresses, as pictures that a page holds in itself."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

import zxingcpp

MIDDLE = "M"
"""Up to 15 % of the printed code may be damaged and it is still read (ISO/IEC 18004)."""


@lru_cache(maxsize=512)
def qr_picture(address: str) -> str:
    """Return the QR code of an address as an SVG picture in a data address, with its quiet zone."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level=MIDDLE)
    drawing = zxingcpp.write_barcode_to_svg(code, add_quiet_zones=True)
    return f"data:image/svg+xml,{quote(drawing[drawing.index('<svg') :])}"
