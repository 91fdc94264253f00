"""Small pictures for tests."""

import io

from PIL import Image

from jinlin.platform.models import StoredFile
from jinlin.platform.photos import keep_photo


def picture(shade: int = 0) -> bytes:
    """Return a JPEG of one colour; another shade is another picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), (shade * 40 % 256, 90, 120)).save(buffer, "JPEG")
    return buffer.getvalue()


def photo(shade: int = 0) -> StoredFile:
    """Keep such a picture and return its row."""
    return keep_photo(io.BytesIO(picture(shade)))
