"""Addresses of procedures."""

from django.urls import path

from jinlin.procedures.views import desk, resident, stepping

app_name = "procedures"

urlpatterns = [
    path("procedures/", resident.procedures, name="procedures"),
    path("procedures/new/", resident.choose, name="choose"),
    path("procedures/new/<slug:key>/", resident.begin, name="begin"),
    path("procedures/<int:procedure_id>/", resident.one, name="one"),
    path("procedures/<int:procedure_id>/withdraw/", stepping.withdraw, name="withdraw"),
    path("procedures/<int:procedure_id>/steps/<slug:key>/<slug:name>/", stepping.step, name="step"),
    path("desk/procedures/", desk.procedures, name="desk"),
    path("desk/procedures/export.xlsx", desk.export, name="desk-export"),
    path("desk/procedures/<int:procedure_id>/", desk.one, name="desk-one"),
    path("desk/procedures/proofs/<int:proof_id>/picture/", desk.picture, name="desk-picture"),
    path("cockpit/procedures/", desk.cockpit, name="cockpit"),
]
