"""What those who work outside find here: the posts of their grid, with free places."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinlin.platform.access import actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import NotAllowed
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import queries
from jinlin.volunteering.models import Posting
from jinlin.volunteering.times import times_of
from jinlin.volunteering.views.desk import page_here


@never_cache
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Show the posts in the grid or place of whoever works there, and those for its whole community."""
    actor = actor_of(request)
    actor.must_be_signed_in()
    if not actor.grants:
        raise NotAllowed
    rows = queries.with_room(queries.open_on(queries.posts_of_grants(actor), today()))
    page, shown = page_here(request, rows.select_related("body", "zone"), "posted_at")
    names = queries.categories(current_playbook(), Posting.Kind.POST)
    shown["posts"] = [(post, names.get(post.category, ""), times_of(post.windows)) for post in page.rows]
    return render(request, "volunteering/field/posts.html", shown)
