"""How a component is put together from its partial."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")


def part(name: str, /, **values: Any) -> SafeString:
    """Return a partial of the components with its values."""
    return render_to_string(f"web/components/{name}.html", values)
