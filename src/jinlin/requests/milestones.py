"""Which step of a request starts, meets and drops which promise, as data."""

from jinlin.requests.models import Clock
from jinlin.requests.states import Verb

M = Clock.Milestone
STARTS: dict[Verb, tuple[M, ...]] = {
    Verb.RECEIVE: (M.DISPATCH, M.FIRST_ANSWER),
    Verb.ACCEPT: (M.FINAL,),
    Verb.COORDINATE: (M.FINAL,),
    Verb.DISPATCH: (M.SIGN,),
    Verb.TRANSFER: (M.SIGN,),
    Verb.CLIMB: (M.SIGN,),
    Verb.SEND_BACK: (M.DISPATCH,),
    Verb.HANDLE: (M.CALL_BACK,),
    Verb.REWORK: (M.FINAL,),
    Verb.REOPEN: (M.FINAL,),
    Verb.RESUBMIT: (M.DISPATCH, M.FIRST_ANSWER),
}
MEETS: dict[Verb, tuple[M, ...]] = {
    Verb.ACCEPT: (M.FIRST_ANSWER,),
    Verb.COORDINATE: (M.DISPATCH, M.FIRST_ANSWER),
    Verb.DECLINE: (M.DISPATCH, M.FIRST_ANSWER, M.FINAL),
    Verb.DISPATCH: (M.DISPATCH,),
    Verb.SEND_BACK: (M.SIGN,),
    Verb.SIGN: (M.SIGN,),
    Verb.TRANSFER: (M.SIGN,),
    Verb.LEAD: (M.DISPATCH, M.SIGN),
    Verb.CLIMB: (M.DISPATCH, M.SIGN),
    Verb.HANDLE: (M.DISPATCH, M.FIRST_ANSWER, M.FINAL),
    Verb.CLOSE: (M.CALL_BACK,),
    Verb.REWORK: (M.CALL_BACK,),
    Verb.SETTLE: (M.CALL_BACK,),
}
DROPS: dict[Verb, tuple[M, ...]] = {Verb.WITHDRAW: tuple(M), Verb.MERGE: tuple(M)}
"""What ends without having been met: nothing is owed any more."""
