"""Addresses of the volunteering app."""

from django.urls import path, re_path

from jinlin.volunteering.views import desk, field, lists, pairings, resident, sheets

app_name = "volunteering"

urlpatterns = [
    path("volunteering/", resident.posts, name="posts"),
    path("volunteering/posts/<int:posting_id>/", resident.one_post, name="post"),
    path("volunteering/posts/<int:posting_id>/claim/", resident.claim, name="claim"),
    path("volunteering/shared/", resident.shared, name="shared"),
    path("volunteering/mine/", resident.mine, name="mine"),
    path("volunteering/report/", resident.report, name="report"),
    path("volunteering/offer/", resident.offer, name="offer"),
    path("volunteering/offer/<int:posting_id>/take-off/", resident.take_off, name="take-off"),
    path("volunteering/mine/<int:pairing_id>/withdraw/", resident.withdraw, name="withdraw"),
    path("volunteering/mine/<int:pairing_id>/agree/", resident.agree, name="agree"),
    path("volunteering/mine/<int:pairing_id>/served/", resident.served, name="served"),
    path("field/volunteering/", field.posts, name="field-posts"),
    path("desk/volunteering/", desk.board, name="desk-board"),
    path("desk/volunteering/units/", desk.units, name="desk-units"),
    path("desk/volunteering/reports/", desk.reports, name="desk-reports"),
    path("desk/volunteering/reports/new/", desk.new_report, name="desk-new-report"),
    path("desk/volunteering/matching/", pairings.matching, name="desk-matching"),
    path("desk/volunteering/services/", pairings.services, name="desk-services"),
    path("desk/volunteering/services/<int:pairing_id>/contest/", pairings.contest, name="desk-contest"),
    path("desk/volunteering/services/<int:pairing_id>/<slug:name>/", pairings.step, name="desk-step"),
    path("desk/volunteering/postings/<int:posting_id>/", lists.one, name="desk-posting"),
    path("desk/volunteering/postings/<int:posting_id>/close/", lists.close, name="desk-close"),
    path("desk/volunteering/<slug:word>/", lists.postings, name="desk-postings"),
    path("desk/volunteering/<slug:word>/new/", lists.new, name="desk-new"),
    path("desk/volunteering/<slug:word>/sheet/", sheets.take_in, name="desk-sheet"),
    re_path(r"^desk/volunteering/(?P<word>[a-z]+)/export\.(?P<form>csv|xlsx)$", sheets.export, name="desk-export"),
]
