"""Addresses of meetings."""

from django.urls import path, re_path

from jinlin.meetings.views import desk, public, resolutions, seat, steps

app_name = "meetings"

urlpatterns = [
    path("meetings/", public.meetings, name="meetings"),
    path("meetings/<int:meeting_id>/", public.one, name="one"),
    path("meetings/<int:meeting_id>/sheet/", public.sheet, name="sheet"),
    path("meetings/<int:meeting_id>/minutes/", public.versions, name="versions"),
    path("meetings/<int:meeting_id>/seat/", seat.seat, name="seat"),
    path("meetings/<int:meeting_id>/seat/sign/", seat.sign, name="sign"),
    path("meetings/<int:meeting_id>/seat/<slug:name>/", seat.act, name="seat-act"),
    path("meetings/<int:meeting_id>/in/<str:code>/", seat.sign_in, name="sign-in"),
    path("desk/meetings/", desk.meetings, name="desk"),
    path("desk/meetings/new/", desk.new, name="desk-new"),
    re_path(r"^desk/meetings/resolutions\.(?P<form>csv|xlsx)$", desk.export, name="desk-export"),
    path("desk/meetings/resolutions/<int:resolution_id>/", resolutions.one, name="desk-resolution"),
    path("desk/meetings/resolutions/<int:resolution_id>/<slug:name>/", resolutions.step, name="desk-resolution-step"),
    path("desk/meetings/<int:meeting_id>/", desk.one, name="desk-one"),
    path("desk/meetings/<int:meeting_id>/room/", desk.room, name="desk-room"),
    path("desk/meetings/<int:meeting_id>/<slug:name>/", steps.step, name="desk-step"),
    path("desk/meetings/<int:meeting_id>/<slug:name>/<int:row_id>/", steps.step, name="desk-step-of"),
    path("desk/meetings/<int:meeting_id>/press/<slug:name>/<int:row_id>/", desk.press, name="desk-press"),
]
