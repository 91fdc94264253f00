"""Services of the standard: the categories in use, and what the work method asks for each of them."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinlin.platform.errors import NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Question
from jinlin.requests.models import Category

REALTIME = "realtime"


def services() -> list[dict[str, Any]]:
    """Return the narrowest categories in use; wider ones are their groups."""
    rows = list(Category.objects.filter(active=True).order_by("code"))
    names = {row.code: named(row) for row in rows}
    wider = {row.parent_code for row in rows}
    catalogue = current_playbook().categories
    return [
        _service(row, names, has_questions=bool(catalogue.questions_of(row.code)))
        for row in rows
        if row.code not in wider
    ]


def named(row: Category) -> str:
    """Return the category's name in the language that was asked for."""
    return row.name_en if (get_language() or "").startswith("en") else row.name


def _service(row: Category, names: dict[str, str], *, has_questions: bool) -> dict[str, Any]:
    above = [names[row.code[:end]] for end in range(2, len(row.code), 2) if row.code[:end] in names]
    return {
        "service_code": row.code,
        "service_name": names[row.code],
        "description": " / ".join([*above, names[row.code]]),
        "metadata": has_questions,
        "type": REALTIME,
        "keywords": ", ".join(row.keywords),
        "group": above[-1] if above else names[row.code],
    }


def existing_service(code: str) -> Category:
    """Return the category behind a service code.

    Raises:
        NotFound: for an unknown one, and for one that has ended.
    """
    row = Category.objects.filter(code=code).first()
    if row is None:
        raise NotFound(_("service_code %(code)s was not found.") % {"code": code[:32]})
    if not row.active:
        raise NotFound(_("service_code %(code)s has ended; see the list of services.") % {"code": code})
    return row


def definition(row: Category) -> dict[str, Any]:
    """Return what is asked of requests of a category."""
    questions = current_playbook().categories.questions_of(row.code)
    attributes = [_attribute(question, order) for order, question in enumerate(questions, start=1)]
    return {"service_code": row.code, "attributes": attributes}


def _attribute(question: Question, order: int) -> dict[str, Any]:
    english = (get_language() or "").startswith("en")
    asked = {
        "variable": True,
        "code": question.key,
        "datatype": question.type,
        "required": question.needed,
        "datatype_description": None,
        "order": order,
        "description": question.name_en if english else question.name,
    }
    values = [{"key": one.key, "name": one.name_en if english else one.name} for one in question.option]
    return asked | ({"values": values} if values else {})
