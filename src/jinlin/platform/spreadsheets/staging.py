"""Keeps an uploaded spreadsheet between the steps of its import, for the account that sent it and for one day."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from jinlin.platform.dates import now
from jinlin.platform.errors import Gone
from jinlin.platform.spreadsheets.kinds import Limits, opened

KEPT = timedelta(days=1)
_TOKEN = re.compile(r"[\w-]{20,30}", re.ASCII)


@dataclass(frozen=True)
class Staged:
    """An uploaded file: its folder, and the notes that its import keeps beside it."""

    token: str
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "file"

    @property
    def notes(self) -> dict[str, Any]:
        """What is known of the import so far: the file's name, whose it is, and what its purpose keeps."""
        return json.loads((self.folder / "notes.json").read_text(encoding="utf-8"))

    def note(self, **notes: Any) -> None:
        """Add to the notes, in one step so that a reader never meets half of them."""
        path = self.folder / "notes.json"
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(known | notes, ensure_ascii=False), encoding="utf-8")
        draft.replace(path)


def stage(upload: UploadedFile, *, purpose: str, account_id: int | None, limits: Limits | None = None) -> Staged:
    """Keep an uploaded file for the steps that follow.

    Raises:
        Invalid: when it is empty or too large.
    """
    token = token_urlsafe(18)
    staged = Staged(token, _home() / token)
    with opened(upload.file, limits or Limits()) as source:
        staged.folder.mkdir(parents=True)
        with staged.path.open("wb") as target:
            shutil.copyfileobj(source, target)
    staged.note(name=Path(upload.name or "").name[:100], purpose=purpose, account_id=account_id)
    return staged


def staged_file(token: str, *, purpose: str, account_id: int | None) -> Staged:
    """Return the file that this account has sent for this purpose.

    Raises:
        Gone: when there is none (any more), or it is somebody else's.
    """
    staged = Staged(token, _home() / token)
    if _TOKEN.fullmatch(token) and (staged.folder / "notes.json").exists():
        notes = staged.notes
        if (notes["purpose"], notes["account_id"]) == (purpose, account_id):
            return staged
    raise Gone(_("The file is no longer here; it is kept for one day."), remedy=_("Choose the file again."))


def forget_staged() -> int:
    """Delete the files that are older than a day; return how many."""
    before = (now() - KEPT).timestamp()
    old = [folder for folder in _home().glob("*") if folder.stat().st_mtime < before]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _home() -> Path:
    schema = getattr(connection, "schema_name", "") or "district"
    return settings.JINLIN_FILES / schema / "imports"
