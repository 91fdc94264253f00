"""Takes photos in: refuses what is none, turns it upright, shrinks it and leaves everything but the picture behind."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile

LARGEST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 64_000_000
TOO_MANY_PIXELS = _("A photo has more than 64 million pixels.")
LONGEST_SIDE = 2048
SMALL_SIDE = 480
TICKET = "photo"
TICKET_LASTS = timedelta(days=1)
READABLE = ("JPEG", "PNG", "WEBP")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def keep_photo(upload: UploadedFile | IO[bytes]) -> StoredFile:
    """Store the cleaned picture of `upload` and return its row; the same picture twice is one file.

    The picture is decoded and encoded anew, so that place, time, maker's notes and anything hidden in the file are gone.

    Raises:
        Invalid: for what is not a JPEG, PNG or WebP picture, is too large, or cannot be read.
    """
    raw = _read(upload)
    return _store(_cleaned(raw))


def photo_ticket(file: StoredFile) -> str:
    """Return a signed word for a photo that was sent ahead, to be handed in with the request within a day."""
    return signing.dumps(file.pk, salt=TICKET, compress=False)


def photo_of_ticket(ticket: str) -> StoredFile:
    """Return the photo behind a ticket.

    Raises:
        Invalid: for a ticket that is not ours or older than a day.
    """
    try:
        return StoredFile.objects.get(pk=signing.loads(ticket, salt=TICKET, max_age=TICKET_LASTS))
    except (signing.BadSignature, StoredFile.DoesNotExist):
        raise _refuse(_("A photo that was sent ahead is no longer there.")) from None


def file_path(digest: str) -> Path:
    """Return where the file of this digest lies, apart for each district."""
    schema = getattr(connection, "schema_name", "") or "district"
    return settings.JINLIN_FILES / schema / digest[:2] / digest


def small_copy(digest: str) -> Path:
    """Return where the small copy of a kept photo lies; it is made when it is first asked for.

    Raises:
        FileNotFoundError: when the photo itself is gone from the disk.
    """
    path = file_path(digest)
    small = path.with_name(f"{digest}.small")
    if not small.exists():
        with Image.open(path) as picture:
            picture.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
            picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
            _write(small, _encoded(picture))
    return small


def _refuse(reason: object) -> Invalid:
    return Invalid(
        reason,
        remedy=_("Choose another photo, or send the words without it; they are still here."),
        fields={"photos": reason},
    )


def _read(upload: UploadedFile | IO[bytes]) -> bytes:
    raw = upload.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise _refuse(_("A photo is larger than 20 MB."))
    if raw[4:8] == b"ftyp" and raw[8:12] in HEIC_BRANDS:
        raise _refuse(
            _(
                "This photo is in HEIC form, which not everybody can open. Choose “most compatible” in the camera settings."
            )
        )
    return raw


def _cleaned(raw: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(raw), formats=READABLE) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refuse(TOO_MANY_PIXELS)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _without_transparency(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refuse(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _refuse(_("A file is not a photo that can be read (JPEG, PNG or WebP).")) from None


def _without_transparency(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "P"}:
        ground = Image.new("RGB", picture.size, "white")
        seen = picture.convert("RGBA")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _store(picture: Image.Image) -> StoredFile:
    contents = _encoded(picture)
    digest = hashlib.sha256(contents).hexdigest()
    _write(file_path(digest), contents)
    kept, _made = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "media_type": "image/jpeg",
            "size": len(contents),
            "width": picture.width,
            "height": picture.height,
            "at": now(),
        },
    )
    return kept


def _encoded(picture: Image.Image) -> bytes:
    # A comment would be written along, and cameras put places into comments too.
    picture.info = {}
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()


def _write(path: Path, contents: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{id(contents)}")
    draft.write_bytes(contents)
    draft.replace(path)
