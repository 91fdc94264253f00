"""Addresses of the volunteering app."""

from django.urls import path

from jinlin.volunteering.views import desk, resident

app_name = "volunteering"

urlpatterns = [
    path("volunteering/", resident.posts, name="posts"),
    path("volunteering/posts/<int:posting_id>/", resident.one_post, name="post"),
    path("volunteering/posts/<int:posting_id>/claim/", resident.claim, name="claim"),
    path("volunteering/mine/", resident.mine, name="mine"),
    path("volunteering/report/", resident.report, name="report"),
    path("volunteering/offer/", resident.offer, name="offer"),
    path("volunteering/mine/<int:pairing_id>/withdraw/", resident.withdraw, name="withdraw"),
    path("volunteering/mine/<int:pairing_id>/agree/", resident.agree, name="agree"),
    path("volunteering/mine/<int:pairing_id>/served/", resident.served, name="served"),
    path("desk/volunteering/", desk.board, name="desk-board"),
    path("desk/volunteering/reports/", desk.reports, name="desk-reports"),
    path("desk/volunteering/reports/new/", desk.new_report, name="desk-new-report"),
    path("desk/volunteering/matching/", desk.matching, name="desk-matching"),
    path("desk/volunteering/services/", desk.services, name="desk-services"),
    path("desk/volunteering/services/<int:pairing_id>/agree/", desk.agree, name="desk-agree"),
    path("desk/volunteering/services/<int:pairing_id>/decline/", desk.decline, name="desk-decline"),
    path("desk/volunteering/services/<int:pairing_id>/confirm/", desk.confirm, name="desk-confirm"),
    path("desk/volunteering/services/<int:pairing_id>/contest/", desk.contest, name="desk-contest"),
    path("desk/volunteering/postings/<int:posting_id>/close/", desk.close, name="desk-close"),
    path("desk/volunteering/<slug:word>/", desk.postings, name="desk-postings"),
    path("desk/volunteering/<slug:word>/new/", desk.new, name="desk-new"),
]
