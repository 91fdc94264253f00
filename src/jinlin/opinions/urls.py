"""Addresses of conversations."""

from django.urls import path, re_path

from jinlin.opinions.views import desk, resident

app_name = "opinions"

urlpatterns = [
    path("opinions/", resident.conversations, name="conversations"),
    path("opinions/<int:conversation_id>/", resident.one, name="one"),
    path("opinions/<int:conversation_id>/vote/", resident.vote, name="vote"),
    path("opinions/<int:conversation_id>/say/", resident.say, name="say"),
    path("desk/opinions/", desk.conversations, name="desk-list"),
    path("desk/opinions/new/", desk.new, name="desk-new"),
    path("desk/opinions/<int:conversation_id>/", desk.one, name="desk-one"),
    path("desk/opinions/<int:conversation_id>/seeds/", desk.seeds, name="desk-seeds"),
    path("desk/opinions/<int:conversation_id>/slips/", desk.slips, name="desk-slips"),
    path("desk/opinions/<int:conversation_id>/<slug:name>/", desk.step, name="desk-step"),
    path("desk/opinions/statements/<int:statement_id>/<slug:name>/", desk.statement_step, name="desk-statement"),
    re_path(r"^desk/opinions/(?P<conversation_id>\d+)/export\.(?P<form>csv|xlsx)$", desk.export, name="desk-export"),
]
