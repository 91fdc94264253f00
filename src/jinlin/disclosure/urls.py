"""Addresses of the disclosure app; a number without a slash behind it is a public record."""

from django.urls import path, re_path

from jinlin.disclosure.views import board, desk, looking, places, records, rounds

app_name = "disclosure"

urlpatterns = [
    path("public/", records.public, name="public"),
    path("public/points.json", records.points, name="points"),
    path("public/photos/<int:photo_id>", records.photo, name="photo"),
    path("public/notices/", board.board, name="board"),
    path("public/notices/photos/<int:photo_id>", board.photo, name="notice-photo"),
    path("public/notices/<str:number>/", board.notice, name="notice"),
    path("public/notices/<str:number>/sheet/", board.sheet, name="sheet"),
    path("public/notices/<str:number>/object/", board.object_to, name="object"),
    path("public/notices/<str:number>/objections/<int:objection_id>/take-back/", board.take_back, name="take-back"),
    re_path(r"^public/(?P<code>[0-9]{6,22})/$", places.place, name="place"),
    re_path(r"^public/(?P<code>[0-9]{6,22})/feed\.atom$", places.atom, name="atom"),
    re_path(r"^public/(?P<code>[0-9]{6,22})/feed\.json$", places.json_feed, name="json-feed"),
    re_path(r"^public/(?P<code>[0-9]{6,22})/datapackage\.json$", places.dictionary, name="dictionary"),
    re_path(r"^public/(?P<code>[0-9]{6,22})/(?P<name>[a-z]+)\.csv$", places.table, name="table"),
    path("public/<str:number>", records.record, name="record"),
    path("field/notices/", rounds.rounds, name="field-notices"),
    path("field/notices/<int:notice_id>/", rounds.prove, name="field-prove"),
    path("desk/notices/", desk.notices, name="desk"),
    path("desk/notices/new/", desk.new, name="desk-new"),
    path("desk/notices/photos/<int:photo_id>", desk.photo, name="desk-photo"),
    path("desk/notices/proofs/<int:posting_id>", desk.proof, name="desk-proof"),
    path("desk/notices/objections/<int:objection_id>/", looking.answer, name="desk-answer"),
    path("desk/notices/<int:notice_id>/", desk.one, name="desk-notice"),
    path("desk/notices/<int:notice_id>/draft/", desk.redraft, name="desk-redraft"),
    path("desk/notices/<int:notice_id>/post/", looking.post, name="desk-post"),
    path("desk/notices/<int:notice_id>/change/", looking.change, name="desk-change"),
    path("desk/notices/<int:notice_id>/enter/", looking.enter, name="desk-enter"),
    path("desk/notices/<int:notice_id>/prove/", rounds.prove_at_desk, name="desk-prove"),
    path("desk/notices/<int:notice_id>/<slug:name>/", desk.step, name="desk-step"),
    re_path(r"^desk/notices/export\.(?P<form>csv|xlsx)$", desk.export, name="desk-export"),
]
