"""Which steps the desk offers, as data: their form, their action, their words, their key."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.requests import actions, rules
from jinlin.requests.forms import approvals, call_backs, cases, judging, ladder
from jinlin.requests.forms import steps as forms
from jinlin.requests.models import Request
from jinlin.requests.queries.ladder import goes_by_chain, meeting_begun, meeting_called, rungs_above
from jinlin.requests.rules import Part
from jinlin.requests.states import State, Verb


@dataclass(frozen=True)
class StepPage:
    """One step as the desk offers it: its address, the right that it needs, its form and what it calls.

    `states` narrows it further than the table of states does, where two steps share a verb; `fits` by the request itself.
    One with a `kind` asks for an approval; it stands apart from the others.
    """

    slug: str
    verb: Verb
    form: type[forms.StepForm]
    act: Callable[..., Any]
    word: Words
    key: str = ""
    states: frozenset[State] = frozenset(State)
    dangerous: bool = False
    fits: Callable[[Request], bool] = lambda request: True
    kind: str = ""

    def is_open(self, request: Request, verbs: set[Verb], kinds: Container[str] = ()) -> bool:
        """Say whether it can be taken now, given the verbs that are possible and the approvals that may be asked for."""
        if self.kind and self.kind not in kinds:
            return False
        return self.verb in verbs and request.state in self.states and self.fits(request)


CALLED = frozenset({State.CALL_BACK})


ASKING: list[tuple[type[approvals.AskForm], Words]] = [
    (approvals.AskExtensionForm, _("Ask for more time")),
    (approvals.AskReturnForm, _("Ask to send it back")),
    (approvals.AskTransferForm, _("Ask to pass it on")),
    (approvals.AskSuspensionForm, _("Ask for suspension")),
    (approvals.AskSupervisionForm, _("Ask for supervision")),
    (approvals.AskAppealForm, _("Appeal the rating")),
]


def _asking(form: type[approvals.AskForm], word: Words) -> StepPage:
    return StepPage(f"ask-{form.kind}", Verb.ASK, form, actions.ask_approval, word, kind=form.kind)


STEPS = [
    StepPage("accept", Verb.ACCEPT, forms.AcceptForm, actions.accept_request, _("Accept"), "KeyA"),
    StepPage("dispatch", Verb.DISPATCH, forms.GiveForm, actions.dispatch_request, _("Dispatch"), "KeyA"),
    StepPage("sign", Verb.SIGN, forms.PlainForm, actions.sign_for_request, _("Sign for it"), "KeyA"),
    StepPage("start", Verb.START, forms.PlainForm, actions.start_request, _("Start work"), "KeyA"),
    StepPage("handle", Verb.HANDLE, forms.HandleForm, actions.handle_request, _("Report as handled"), "KeyE"),
    StepPage("call-back", Verb.CALL_BACK, forms.PlainForm, actions.begin_call_back, _("Begin the call-back"), "KeyE"),
    StepPage(
        "record",
        Verb.CLOSE,
        judging.CallBackForm,
        actions.record_call_back,
        _("Write down the call-back"),
        "KeyE",
        CALLED,
    ),
    StepPage(
        "unreached",
        Verb.CLOSE,
        judging.UnreachedForm,
        actions.record_failed_call_back,
        _("Could not be reached"),
        "",
        CALLED,
    ),
    StepPage("report", Verb.REPORT, forms.NoteForm, actions.report_progress, _("Report progress")),
    StepPage("transfer", Verb.TRANSFER, forms.PassOnForm, actions.transfer_request, _("Pass on")),
    StepPage(
        "hand-up",
        Verb.CLIMB,
        forms.ReasonForm,
        actions.hand_up_request,
        _("Hand up the chain"),
        fits=goes_by_chain,
    ),
    StepPage("classify", Verb.CLASSIFY, forms.ClassifyForm, actions.classify_request, _("Correct the category")),
    StepPage("relocate", Verb.RELOCATE, forms.RelocateForm, actions.relocate_request, _("Correct the place")),
    StepPage("add", Verb.ADD, forms.AddForm, actions.add_to_request, _("Add what was told")),
    StepPage("note", Verb.ADD, forms.InternalNoteForm, actions.note_internally, _("Note among officers")),
    StepPage(
        "climb",
        Verb.CLIMB,
        ladder.ClimbForm,
        actions.climb_request,
        _("Take it up the ladder"),
        fits=lambda request: bool(rungs_above(request)) and not goes_by_chain(request),
    ),
    StepPage(
        "convene",
        Verb.CONVENE,
        ladder.MeetingForm,
        actions.call_meeting,
        _("Call the joint meeting"),
        fits=lambda request: meeting_called(request) is None,
    ),
    StepPage(
        "meet",
        Verb.MEET,
        ladder.MinutesForm,
        actions.record_meeting,
        _("Write down what the meeting decided"),
        fits=lambda request: meeting_begun(request) is not None,
    ),
    StepPage(
        "late-call",
        Verb.JUDGE,
        call_backs.LateCallForm,
        actions.record_late_call_back,
        _("Write down a late call-back"),
    ),
    StepPage("resume", Verb.RESUME, forms.ReasonForm, actions.resume_request, _("End the suspension")),
    *(_asking(form, word) for form, word in ASKING),
    StepPage("reopen", Verb.REOPEN, forms.ReasonForm, actions.reopen_request, _("Reopen")),
    StepPage("resubmit", Verb.RESUBMIT, cases.ResubmitForm, actions.resubmit_request, _("Submit again")),
    StepPage("split", Verb.SPLIT, cases.SplitForm, actions.ask_parts, _("Ask others to help")),
    StepPage("relate", Verb.ADD, cases.RelateForm, actions.relate_request, _("Relate to another")),
    StepPage("merge", Verb.MERGE, cases.MergeForm, actions.merge_request, _("Merge into another")),
    StepPage("unmerge", Verb.UNMERGE, forms.ReasonForm, actions.unmerge_request, _("Take out of the merge")),
    StepPage(
        "decline",
        Verb.DECLINE,
        forms.ReasonForm,
        actions.decline_request,
        pgettext_lazy("request", "Decline"),
        "KeyR",
        dangerous=True,
    ),
    StepPage(
        "send-back",
        Verb.SEND_BACK,
        cases.SendBackForm,
        actions.send_back_request,
        _("Send back"),
        "KeyR",
        dangerous=True,
    ),
]
BY_SLUG = {step.slug: step for step in STEPS}
MAIN = {
    State.RECEIVED: "accept",
    State.ACCEPTED: "dispatch",
    State.DISPATCHED: "sign",
    State.TRANSFERRED: "sign",
    State.SIGNED: "start",
    State.REWORKED: "start",
    State.IN_PROGRESS: "handle",
    State.HANDLED: "call-back",
    State.CALL_BACK: "record",
}
"""The step that comes next in each state; the others stand beside it."""
OFFICERS = {Part.RECEPTION, Part.HANDLER}


def open_steps(request: Request, verbs: set[Verb], kinds: Container[str] = ()) -> list[StepPage]:
    """Return the steps that can be taken now, the main one first; `kinds` are the approvals that may be asked for."""
    steps = [step for step in STEPS if step.is_open(request, verbs, kinds)]
    main = MAIN.get(State(request.state), "")
    return sorted(steps, key=lambda step: step.slug != main)


def main_step(request: Request, steps: list[StepPage]) -> StepPage | None:
    """Return the step of `steps` that comes next in the request's state; the others only stand beside it."""
    main = MAIN.get(State(request.state), "")
    return next((step for step in steps if step.slug == main), None)


def next_step(request: Request, parts: set[Part]) -> StepPage | None:
    """Return the main step of a request if somebody with these parts may take it; asks no database."""
    step = BY_SLUG.get(MAIN.get(State(request.state), ""))
    return step if step and parts & rules.WHO_MAY[step.verb] & OFFICERS else None
