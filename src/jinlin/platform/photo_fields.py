"""The field of a form that takes several photos at once."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class SeveralPhotos(forms.ClearableFileInput):
    """A file input that takes several photos at once, straight from the camera where there is one."""

    allow_multiple_selected = True

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave the check to the server, which counts the photos that it has already."""
        return False


class PhotosField(forms.FileField):
    """Several photos; `clean` gives their uploads."""

    widget = SeveralPhotos

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the uploads; what is in them is looked at when they are stored."""
        return list(data) if isinstance(data, list | tuple) else [data] if data else []
