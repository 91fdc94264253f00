"""Draws the demo's photos, plainly made up: a stairwell with the trouble in it, and the same place put right."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageDraw

from jinlin.platform.models import StoredFile
from jinlin.platform.photos import keep_photo

WIDTH, HEIGHT = 960, 720
WALL, FLOOR, DARK = (222, 214, 200), (168, 160, 150), (70, 74, 84)


@cache
def _drawn(seed: str, after: bool) -> bytes:
    random = Random(seed)  # noqa: S311
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL if after else tuple(int(part * 0.8) for part in WALL))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, HEIGHT * 2 // 3, WIDTH, HEIGHT), fill=FLOOR)
    for step in range(6):
        top = HEIGHT * 2 // 3 - step * 46
        draw.rectangle((560 + step * 60, top, WIDTH, top + 46), fill=(150 - step * 8,) * 3)
    draw.rectangle((90, 180, 290, HEIGHT * 2 // 3), fill=(120, 92, 70), outline=DARK, width=4)
    draw.ellipse((420, 60, 500, 140), fill=(255, 240, 170) if after else (90, 90, 90))
    if not after:
        _trouble(draw, random)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _trouble(draw: ImageDraw.ImageDraw, random: Random) -> None:
    for _ in range(14):
        left, top = random.randrange(320, 640), random.randrange(430, 640)
        size = random.randrange(30, 90)
        ink = random.choice([(92, 120, 86), (140, 90, 60), (60, 80, 120), (180, 180, 180), (40, 40, 44)])
        draw.rounded_rectangle((left, top, left + size, top + size), radius=12, fill=ink)
    draw.line([(random.randrange(300, 420), 120), (360, 260), (330, 330), (380, 420)], fill=DARK, width=5)


def kept_picture(seed: str, *, after: bool) -> StoredFile:
    """Return the stored photo of a scene, before or after; the same scene is one file."""
    return keep_photo(io.BytesIO(_drawn(seed, after)))
