"""What tests of pages do again and again: send a form as its page was shown, and make pictures as they come from phones."""

import html
import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from tests.support.community import Community
from tests.support.photos import picture


def signed_in(community: Community, name: str) -> Client:
    """Return a client in which the holder of a role, or a resident, is signed in."""
    client = Client()
    client.force_login(community.account(name))
    return client


def text_of(response: HttpResponse) -> str:
    """Return the words of a page without its marks, each run of white space as one space."""
    words = re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(words).split())


def send(client: Client, path: str, **values: Any) -> HttpResponse:
    """Open the page of a form, then send it with its hidden values and these ones."""
    form = client.get(path).context["form"]
    hidden = {bound.name: bound.value() for bound in form.hidden_fields() if bound.value() is not None}
    return client.post(path, {**hidden, **values})


def fetch(client: Client, path: str) -> tuple[int, bytes, HttpResponse]:
    """Return status, contents and the response of a page that may stream a file."""
    answer = client.get(path)
    if not answer.streaming:
        return answer.status_code, answer.content, answer
    contents = b"".join(answer)
    for close in answer._resource_closers:
        close()
    return answer.status_code, contents, answer


def upload(shade: int = 0, name: str = "photo.jpg") -> SimpleUploadedFile:
    """Return a small JPEG as a browser sends it."""
    return SimpleUploadedFile(name, picture(shade), "image/jpeg")


def jpeg_with_place() -> bytes:
    """Return a JPEG that says in its EXIF and its comment where it was taken, as phones write it."""
    image = Image.new("RGB", (64, 48), (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 3.0, 1.0), 3: "E", 4: (102.0, 43.0, 1.0)})
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=b"25.05,102.71")
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that would unpack to 100 million pixels."""
    buffer = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(buffer, "PNG")
    return buffer.getvalue()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
PROGRAM = b"MZ\x90\0" + bytes(range(256)) * 8
