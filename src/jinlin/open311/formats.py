"""Writes one structure as the XML of GeoReport v2 or as its JSON, by the Spark convention (wiki.open311.org).

A list becomes an element with one child per entry in XML, and a plain array in JSON. What is not known is an empty element in
XML, and left out in JSON.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import orjson
from django.http import HttpResponse

JSON, XML = "json", "xml"
MEDIA_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
ENTRIES = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "media_urls": "media_url",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
"""What an entry of each list is called."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have."""


def answer(format_: str, root: str, contents: Any, *, status: int = 200) -> HttpResponse:
    """Return `contents` as an answer; `root` names the outermost element."""
    written = (
        orjson.dumps(_known(contents), option=orjson.OPT_OMIT_MICROSECONDS)
        if format_ == JSON
        else xml_of(root, contents)
    )
    return HttpResponse(written, status=status, content_type=MEDIA_TYPES[format_])


def xml_of(root: str, contents: Any) -> bytes:
    """Return `contents` as an XML document in UTF-8."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(_element(root, contents), "utf-8")


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(ENTRIES[name], inner) for inner in value)
    elif value is not None:
        element.text = NOT_IN_XML.sub("", _text(value))
    return element


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)


def _known(value: Any) -> Any:
    """Return the structure without what is not known."""
    if isinstance(value, Mapping):
        return {key: _known(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_known(inner) for inner in value]
    return value
