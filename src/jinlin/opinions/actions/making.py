"""Prepares a conversation: what is asked, where, from when until when, for which matter."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.place_codes import Level
from jinlin.opinions import rules
from jinlin.opinions.models import Conversation, Picture
from jinlin.opinions.states import TalkVerb
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import write_line
from jinlin.platform.works import matter_of
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone
from jinlin.territory.queries import existing_place


@dataclass(frozen=True)
class NewConversation:
    """A conversation as any door hands it over; without `checked` the playbook says when statements are looked at."""

    title: str
    place_code: str
    first_day: date
    last_day: date
    text: str = ""
    zone: Zone | None = None
    checked: str = ""
    subject: str = ""


def make_conversation(*, actor: Actor, new: NewConversation, door: Door = ANY_DOOR) -> Conversation:
    """Prepare a conversation; it is a draft until it is opened.

    Raises:
        NotSignedIn, RepeatedSend, KeyReused; NotAllowed for who does not keep conversations of the place.
        Invalid: a title of fewer than five characters, personal data, a period that ends before it begins or today, a place
            that is no community, a zone of another one; NotFound for a matter that the actor may not know of.
    """
    actor.must_be_signed_in()
    _refuse_faults(new)
    contents = [new.title, new.place_code, new.first_day, new.last_day, new.text, new.zone and new.zone.pk, new.subject]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        rules.keeps(actor, new.place_code).enforce()
        if new.subject:
            matter_of(actor, new.subject)
        made = Conversation.objects.create(
            title=new.title.strip(),
            text=new.text.strip(),
            place_code=new.place_code,
            zone=new.zone,
            first_day=new.first_day,
            last_day=new.last_day,
            checked=new.checked or current_playbook().norms.statements_checked,
            subject=new.subject,
            made_at=now(),
        )
        Picture.objects.create(conversation=made)
        write_line(actor, made, TalkVerb.MAKE)
        record_change(actor, "opinions.make", made, place_code=made.place_code)
        send.keep(made)
    return made


def _refuse_faults(new: NewConversation) -> None:
    faults: dict[str, Words] = {}
    if not rules.SHORTEST <= len(new.title.strip()) <= 60:
        faults["title"] = _("Ask in 5 to 60 characters.")
    for field, words in (("title", new.title), ("text", new.text)):
        if find_personal(words):
            faults[field] = rules.NO_PERSONAL
    if len(new.text.strip()) > 1000:
        faults["text"] = _("At most 1,000 characters fit.")
    if new.last_day < new.first_day or new.last_day <= today():
        faults["last_day"] = _("It ends after it has begun, and not before tomorrow.")
    if faults := faults | _faults_of_place(new):
        raise Invalid(fields=faults)


def _faults_of_place(new: NewConversation) -> dict[str, Words]:
    if len(new.place_code) != Level.COMMUNITY or existing_place(new.place_code) is None:
        return {"place_code": _("Choose a community.")}
    if new.zone is not None and new.zone.community_code != new.place_code:
        return {"zone": _("This estate or grid lies in another community.")}
    return {}
