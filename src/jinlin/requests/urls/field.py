"""Addresses of the field door."""

from django.urls import path

from jinlin.requests.views import field

urlpatterns = [
    path("field/", field.today, name="field-today"),
    path("field/register", field.register, name="field-register"),
    path("field/entered", field.entered, name="field-entered"),
    path("field/to-send", field.queue, name="field-queue"),
    path("field/worker.js", field.worker, name="field-worker"),
    path("field/report", field.report, name="field-report"),
    path("field/report/other", field.report_for_other, name="field-report-other"),
    path("field/report/matter", field.report_matter, name="field-report-matter"),
    path("field/report/opinion", field.report_opinion, name="field-report-opinion"),
    path("field/receipt/<str:number>/<str:code>", field.receipt, name="field-receipt"),
    path("field/requests/<int:request_id>", field.one, name="field-one"),
    path("field/requests/<int:request_id>/handle", field.handle, name="field-handle"),
    path("field/requests/<int:request_id>/sign", field.sign, name="field-sign"),
    path("field/requests/<int:request_id>/send-back", field.send_back, name="field-send-back"),
    path("field/requests/<int:request_id>/settle", field.settle, name="field-settle"),
]
