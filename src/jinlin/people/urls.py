"""Addresses of the people app: one's own pages, the roll and the audit trail."""

from django.urls import path

from jinlin.people.views import households, me, register, roll, signin, trail

app_name = "people"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/arrive", signin.arrive, name="arrive"),
    path("me/data/", me.own_data, name="own-data"),
    path("me/notices/", me.notices, name="notices"),
    path("me/digest/", me.digest, name="digest"),
    path("me/looks/", me.who_looked, name="looks"),
    path("me/export/", me.export, name="export"),
    path("me/export/data.json", me.export_json, name="export-json"),
    path("me/export/data.csv", me.export_csv, name="export-csv"),
    path("me/delete/", me.erase, name="erase"),
    path("me/sign-out-elsewhere/", me.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("me/keys/", me.tokens, name="tokens"),
    path("me/keys/<int:token_id>/delete/", me.delete_token, name="delete-token"),
    path("me/join/", households.join, name="join"),
    path("me/claim/", households.claim, name="claim"),
    path("me/leave/<int:residence_id>/", households.leave, name="leave"),
    path("me/mandates/", households.mandates, name="mandates"),
    path("me/mandates/<int:mandate_id>/", households.grant_mandate, name="grant-mandate"),
    path("me/mandates/<int:mandate_id>/refuse/", households.refuse_mandate, name="refuse-mandate"),
    path("me/mandates/<int:mandate_id>/end/", households.end_mandate, name="end-mandate"),
    path("me/home/<str:home_code>/", register.own_household, name="household"),
    path("me/home/<str:home_code>/withdraw/", register.withdraw, name="household-withdraw"),
    path("me/home/<str:home_code>/remark/", register.remark, name="household-remark"),
    path("desk/roll/", roll.roll, name="desk-roll"),
    path("desk/roll/new/", register.new_home, name="desk-new-home"),
    path("desk/roll/<str:home_code>/", roll.home, name="desk-home"),
    path("desk/roll/<str:home_code>/contact/", register.read_contact, name="desk-household-contact"),
    path("desk/roll/<str:home_code>/contact/enter/", register.enter_contact, name="desk-enter-contact"),
    path("desk/roll/<str:home_code>/change/", register.change_household, name="desk-change-household"),
    path("desk/roll/<str:home_code>/member/", register.note_member, name="desk-note-member"),
    path("desk/roll/person/<int:person_id>/", roll.contact, name="desk-contact"),
    path("desk/roll/residence/<int:residence_id>/end/", roll.move_out, name="desk-move-out"),
    path("desk/claims/", roll.claims, name="desk-claims"),
    path("desk/claims/<int:claim_id>/confirm/", roll.confirm_claim, name="desk-confirm-claim"),
    path("desk/claims/<int:claim_id>/refuse/", roll.refuse_claim, name="desk-refuse-claim"),
    path("desk/audit/", trail.trail, name="desk-audit"),
]
