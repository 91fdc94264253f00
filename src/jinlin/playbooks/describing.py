"""Says in words what is wrong with a value of a playbook's file, for somebody who edits it."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jinlin.playbooks.checks.problems import Problem
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import Row

FAULTS = {
    "greater_than": gettext_noop("“%(key)s” has to be more than %(gt)s"),
    "greater_than_equal": gettext_noop("“%(key)s” is %(ge)s or more"),
    "less_than_equal": gettext_noop("“%(key)s” is %(le)s or less"),
    "int_parsing": gettext_noop("“%(key)s” is a whole number"),
    "int_type": gettext_noop("“%(key)s” is a whole number"),
    "int_from_float": gettext_noop("“%(key)s” is a whole number"),
    "bool_type": gettext_noop("“%(key)s” is true or false"),
    "bool_parsing": gettext_noop("“%(key)s” is true or false"),
    "string_type": gettext_noop("“%(key)s” is a text in quotation marks"),
    "string_too_short": gettext_noop("“%(key)s” is empty"),
    "string_too_long": gettext_noop("“%(key)s” has %(max_length)s characters at most"),
    "string_pattern_mismatch": gettext_noop("“%(key)s” is not written as it should be: %(pattern)s"),
    "tuple_type": gettext_noop("“%(key)s” is a list in square brackets"),
    "too_short": gettext_noop("“%(key)s” has at least %(min_length)s row"),
    "model_type": gettext_noop("“%(key)s” is a row in curly brackets"),
}


def described(model: type[Row], error: Any) -> Problem:
    """One of pydantic's errors as a problem: where, what, and what to do."""
    path: Path = error["loc"]
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if error["type"] == "extra_forbidden":
        return path, _("unknown key “%(key)s”") % {"key": path[-1]}, _key_remedy(model, path)
    if error["type"] == "missing":
        return path, _("“%(key)s” is missing") % {"key": key}, _("Add %(key)s = … here.") % {"key": key}
    if error["type"] == "literal_error":
        what = _("“%(value)s” cannot stand for “%(key)s”") % {"value": error["input"], "key": key}
        return path, what, _("Use one of %(known)s.") % {"known": error["ctx"]["expected"]}
    remedy = _("The value is %(value)s; write another one.") % {"value": repr(error["input"])}
    return path, fault(key, error), remedy


def fault(key: str, error: Mapping[str, Any]) -> str:
    """What is wrong with a value, in words that carry its limits."""
    if error["type"] == "value_error":
        return f"“{key}”: {error['ctx']['error']}"
    words = FAULTS.get(error["type"])
    if words:
        return _(words) % {"key": key, **error.get("ctx", {})}
    return _("“%(key)s” has a value that does not fit") % {"key": key}


def _key_remedy(model: type[Row], path: Path) -> str:
    known = list(_model_at(model, path[:-1]).model_fields)
    close = get_close_matches(str(path[-1]), known, n=1)
    if close:
        return _("Did you mean “%(key)s”?") % {"key": close[0]}
    return _("Known keys here: %(known)s.") % {"known": ", ".join(known)}


def _model_at(model: type[Row], path: Path) -> type[Row]:
    """The row type that a path leads to, through the tuples of rows on its way."""
    for key in path:
        if isinstance(key, str) and key in model.model_fields:
            annotation = model.model_fields[key].annotation
            model = next((part for part in (annotation, *get_args(annotation)) if _is_row(part)), model)
    return model


def _is_row(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, Row)
