"""Addresses of the wish wall."""

from django.urls import path, re_path

from jinlin.wishes.views import desk, pairs, resident

app_name = "wishes"

urlpatterns = [
    path("wishes/", resident.wall, name="wall"),
    path("wishes/new/", resident.new, name="new"),
    path("wishes/mine/", resident.mine, name="mine"),
    path("wishes/pairs/<int:pair_id>/", pairs.one, name="pair"),
    path("wishes/pairs/<int:pair_id>/<slug:name>/", pairs.step, name="pair-step"),
    path("wishes/<int:wish_id>/", resident.one, name="one"),
    path("wishes/<int:wish_id>/receipt/", resident.receipt, name="receipt"),
    path("wishes/<int:wish_id>/reach/", resident.reach, name="reach"),
    path("wishes/<int:wish_id>/change/", resident.resend, name="resend"),
    path("wishes/<int:wish_id>/offer/", pairs.offer, name="offer"),
    path("wishes/<int:wish_id>/<slug:name>/", resident.step, name="step"),
    path("field/wishes/new/", desk.enter_outside, name="field-new"),
    path("desk/wishes/", desk.wishes, name="desk-list"),
    path("desk/wishes/new/", desk.enter, name="desk-new"),
    path("desk/wishes/pairs/", pairs.desk_pairs, name="desk-pairs"),
    path("desk/wishes/pairs/<int:pair_id>/", pairs.desk_pair, name="desk-pair"),
    path("desk/wishes/<int:wish_id>/", desk.one, name="desk-one"),
    path("desk/wishes/<int:wish_id>/reach/", desk.reach, name="desk-reach"),
    path("desk/wishes/<int:wish_id>/<slug:name>/", desk.step, name="desk-step"),
    re_path(r"^desk/wishes/export\.(?P<form>csv|xlsx)$", desk.export, name="desk-export"),
]
