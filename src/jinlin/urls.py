"""The root of all addresses: each app brings its own."""

from django.conf import settings
from django.urls import include, path

from jinlin.web.health import health

handler400 = "jinlin.web.views.bad_request"
handler403 = "jinlin.web.views.forbidden"
handler404 = "jinlin.web.views.not_found"
handler500 = "jinlin.web.views.server_error"

urlpatterns = [
    path("healthz", health, name="health"),
    path("accounts/", include("jinlin.people.signin_urls")),
    path("", include("jinlin.api.urls")),
    path("", include("jinlin.open311.urls")),
    path("", include("jinlin.web.urls")),
    path("", include("jinlin.requests.urls")),
    path("", include("jinlin.people.urls")),
    path("", include("jinlin.organisations.urls")),
    path("", include("jinlin.territory.urls")),
    path("", include("jinlin.disclosure.urls")),
    path("", include("jinlin.clusters.urls")),
    path("", include("jinlin.volunteering.urls")),
    path("", include("jinlin.wishes.urls")),
    path("", include("jinlin.lists.urls")),
    path("", include("jinlin.deliberation.urls")),
    path("", include("jinlin.meetings.urls")),
    path("", include("jinlin.voting.urls")),
    path("", include("jinlin.conventions.urls")),
    path("", include("jinlin.opinions.urls")),
    path("", include("jinlin.outreach.urls")),
    path("", include("jinlin.procedures.urls")),
    path("", include("jinlin.assessment.urls")),
    path("", include("jinlin.webhooks.urls")),
]

if settings.JINLIN_DEMO:
    urlpatterns += [path("", include("jinlin.demo.urls"))]
