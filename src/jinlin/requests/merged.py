"""Which requests are answered through which: the one that leads, and all that hang on it."""

from collections.abc import Iterable

from jinlin.requests.models import Request, Step
from jinlin.requests.states import Verb

SHARED_WITH_WORDS = {Verb.REPORT, Verb.HANDLE, Verb.DECLINE}
"""Steps whose words are an answer to everybody who raised the matter."""
SHARED = SHARED_WITH_WORDS | {
    Verb.ACCEPT,
    Verb.DISPATCH,
    Verb.TRANSFER,
    Verb.SIGN,
    Verb.START,
    Verb.CALL_BACK,
    Verb.CLOSE,
    Verb.REWORK,
    Verb.REOPEN,
}
"""Steps of which everybody hears whose request is answered through another; other words are between two people alone."""


def root_of(request: Request) -> Request:
    """Return the request through which this one is answered in the end; itself where it is not merged."""
    while request.lead_id is not None:
        request = Request.objects.select_related("body").get(pk=request.lead_id)
    return request


def members_below(lead: Request) -> list[Request]:
    """Return all requests that are answered through this one, also those whose own lead is merged into it."""
    found: list[Request] = []
    level = [lead.pk] if lead.members else []
    while level:
        rows = list(Request.objects.select_related("body").filter(lead_id__in=level).order_by("pk"))
        found += rows
        level = [row.pk for row in rows if row.members]
    return found


def shared_steps(request: Request) -> list[Step]:
    """Return the steps of the lead since the merge, the newest first, as the reporter of a merged request may read them."""
    if request.lead_id is None:
        return []
    merge = request.steps.filter(verb=Verb.MERGE).latest("number")
    steps = Step.objects.filter(request=root_of(request), verb__in=SHARED, at__gte=merge.at)
    return list(_with_common_words(steps.select_related("body", "acting").order_by("-number")))


def _with_common_words(steps: Iterable[Step]) -> Iterable[Step]:
    for step in steps:
        if step.verb not in SHARED_WITH_WORDS:
            step.note = ""
        yield step
