"""Addresses of the resident door."""

from django.urls import path
from django.views.generic import RedirectView

from jinlin.requests.views import photos, resident, similar, supports

urlpatterns = [
    path("", resident.home, name="home"),
    path("raise/", RedirectView.as_view(pattern_name="requests:raise", query_string=True)),
    path("raise", resident.raise_, name="raise"),
    path("raise/similar", similar.similar, name="similar"),
    path("follow/", RedirectView.as_view(pattern_name="requests:follow", query_string=True)),
    path("follow", resident.follow, name="follow"),
    path("follow/<str:number>", resident.follow, name="follow-number"),
    path("follow/<str:number>/<str:code>", resident.follow_link, name="follow-link"),
    path("follow/<str:number>/<str:code>/receipt", resident.receipt, name="receipt"),
    path("my/requests/", resident.mine, name="mine"),
    path("my/requests/<int:request_id>", resident.mine_one, name="mine-one"),
    path("my/requests/<int:request_id>/add", resident.add, name="add"),
    path("my/requests/<int:request_id>/withdraw", resident.withdraw, name="withdraw"),
    path("my/requests/<int:request_id>/unpublish", resident.unpublish, name="unpublish"),
    path("my/requests/<int:request_id>/reopen", resident.reopen, name="reopen"),
    path("my/requests/<int:request_id>/resubmit", resident.resubmit, name="resubmit"),
    path("my/requests/<int:request_id>/rate", resident.rate, name="rate"),
    path("public/<str:number>/me-too", supports.me_too, name="me-too"),
    path("photos/<int:photo_id>", photos.photo, name="photo"),
    path("photos/sent/<str:ticket>", photos.sent_ahead, name="photo-sent"),
]
