"""The verbs of meetings, one module for each part of their life."""

from jinlin.meetings.actions.agenda import add_item, answer_item, open_item, remove_item
from jinlin.meetings.actions.attending import mark_left, mark_present, reply_to_invitation, sign_in, sign_out
from jinlin.meetings.actions.calling import (
    ChangedMeeting,
    NewMeeting,
    announce_meeting,
    call_meeting,
    cancel_meeting,
    change_meeting,
)
from jinlin.meetings.actions.ending import close_meeting, open_meeting
from jinlin.meetings.actions.inviting import invite, take_invitation_back
from jinlin.meetings.actions.recording import object_to_minutes, publish_minutes, sign_minutes, write_minutes
from jinlin.meetings.actions.reopening import reopen_poor
from jinlin.meetings.actions.resolving import (
    NewResolution,
    drop_resolution,
    finish_resolution,
    make_of_resolution,
    resolve,
    set_day_of_resolution,
    warn_of_overdue,
)
from jinlin.meetings.actions.talking import give_view, note_speech
from jinlin.meetings.actions.voting import cast, count_motion, put_to_vote, record_votes

__all__ = [
    "ChangedMeeting",
    "NewMeeting",
    "NewResolution",
    "add_item",
    "announce_meeting",
    "answer_item",
    "call_meeting",
    "cancel_meeting",
    "cast",
    "change_meeting",
    "close_meeting",
    "count_motion",
    "drop_resolution",
    "finish_resolution",
    "give_view",
    "invite",
    "make_of_resolution",
    "mark_left",
    "mark_present",
    "note_speech",
    "object_to_minutes",
    "open_item",
    "open_meeting",
    "publish_minutes",
    "put_to_vote",
    "record_votes",
    "remove_item",
    "reopen_poor",
    "reply_to_invitation",
    "resolve",
    "set_day_of_resolution",
    "sign_in",
    "sign_minutes",
    "sign_out",
    "take_invitation_back",
    "warn_of_overdue",
    "write_minutes",
]
