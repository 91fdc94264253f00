"""Forms: a field with its hint and error, the summary of errors, photos, places."""

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinlin.web import errorwords
from jinlin.web.components.parts import NOTHING, part

register = template.Library()


def _kind(bound: BoundField) -> str:
    """Return how a field is laid out: choices, tick, file or line."""
    name = type(bound.field.widget).__name__
    if name in {"RadioSelect", "CheckboxSelectMultiple"}:
        return "choices"
    if name == "CheckboxInput":
        return "tick"
    return "file" if getattr(bound.field.widget, "input_type", "") == "file" else "line"


WIDGET_CLASSES = {"Textarea": "textarea", "Select": "select", "SelectMultiple": "select"}


def _widget_attrs(bound: BoundField, kind: str) -> dict[str, str | bool]:
    """Return class and ARIA attributes that tie the control to its hint and error."""
    by_kind = {"tick": "checkbox", "file": "file-input", "choices": ""}
    class_name = by_kind.get(kind, WIDGET_CLASSES.get(type(bound.field.widget).__name__, "input"))
    own = bound.field.widget.attrs.get("class", "")
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # Hints stand above a control, never in it, also in forms that a library brings.
    attrs: dict[str, str | bool] = {"class": f"{class_name} {own}".strip(), "placeholder": False}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


@register.simple_tag
def field(bound: BoundField, *, label: str = "", optional_mark: bool = True) -> SafeString:
    """Show a Django form field: label, hint above the control, error in the summary's words, control."""
    if bound.is_hidden:
        return bound.as_widget()
    kind = _kind(bound)
    attrs = _widget_attrs(bound, kind)
    if kind == "choices":
        attrs = {name: value for name, value in attrs.items() if name == "class" and value}
    return part(
        f"field_{kind}",
        bound=bound,
        label=label or bound.label,
        optional=optional_mark and not bound.field.required and kind != "tick",
        control=bound.as_widget(attrs=attrs) if kind != "choices" else "",
        options=bound.subwidgets if kind == "choices" else [],
        option_type="radio" if type(bound.field.widget).__name__ == "RadioSelect" else "checkbox",
    )


register.filter("errors_in_words", errorwords.errors_in_words)


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """List a form's errors, each a link to its field; takes the focus. Nothing when the form has none."""
    if not form.errors:
        return NOTHING
    wrong = [form[name] for name in form.errors if name != "__all__"]
    lines = [(_target(bound), words) for bound in wrong for words in errorwords.errors_in_words(bound)]
    return part("error_summary", general=form.non_field_errors(), lines=lines)


def _target(bound: BoundField) -> str:
    """Return the id that an error's link leads to: the control, or the first of several."""
    return f"{bound.auto_id}_0" if _kind(bound) == "choices" else bound.auto_id


@register.simple_tag
def error_prefix(form: BaseForm | None) -> str:
    """Return what a page's title starts with when its form was sent back."""
    return _("Error: ") if form is not None and form.errors else ""


@register.simple_tag
def photo_picker(bound: BoundField, *, most: int = 9) -> SafeString:
    """Show a file field for photos; with scripts they are shrunk, shown and counted before they are sent."""
    return part(
        "photo_picker",
        bound=bound,
        most=most,
        control=bound.as_widget(attrs=_widget_attrs(bound, "file") | {"accept": "image/*", "data-photos-input": ""}),
    )


@register.simple_tag
def map_picker(
    *, places_url: str, boundaries_url: str = "", name: str = "place", latitude: str = "", longitude: str = ""
) -> SafeString:
    """Offer a map with a fixed crosshair; the nearest places become radios named `name`. Needs scripts."""
    return part(
        "map_picker",
        places_url=places_url,
        boundaries_url=boundaries_url,
        name=name,
        latitude=latitude,
        longitude=longitude,
    )


@register.simple_tag
def draft_done(key: str) -> SafeString:
    """Say on the page after a form was sent that its draft under `key` may go."""
    return format_html('<span hidden data-draft-done="{}"></span>', key)


@register.simple_tag
def who_sees(public: str = "", private: str = "") -> SafeString:
    """Say above a send button what becomes public and what does not."""
    return part("who_sees", public=public, private=private)
