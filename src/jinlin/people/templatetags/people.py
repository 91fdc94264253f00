"""Shows names and numbers masked, and says where passkeys can work, so that no template has to find out itself."""

import json
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from jinlin.people.models import Residence
from jinlin.people.phones import masked_name, masked_phone
from jinlin.platform.wording import in_a_row

register = template.Library()

register.filter("masked_name", masked_name)
register.filter("masked_phone", masked_phone)


@register.filter
def masked_names(residences: Iterable[Residence]) -> str:
    """Return who lives somewhere in one line, each name masked."""
    return in_a_row(masked_name(row.person.name) or "—" for row in residences)


@register.filter
def as_json(value: Any) -> str:
    """Write a value as JSON for a data attribute, where the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag(takes_context=True)
def passkeys_work(context: dict[str, Any]) -> bool:
    """Say whether browsers offer passkeys at this address: under a name, and encrypted or on this machine."""
    request: HttpRequest = context["request"]
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return False
