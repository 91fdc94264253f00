"""Addresses of what leaves the desk: the calendar of deadlines, and work orders on paper."""

from django.urls import path

from jinlin.requests.views.desk import calendar, work_order

urlpatterns = [
    path("desk/calendar", calendar.calendar, name="desk-calendar"),
    path("desk/calendar/end", calendar.end, name="desk-calendar-end"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
    path("desk/requests/<int:request_id>/work-order", work_order.work_order, name="desk-work-order"),
]
