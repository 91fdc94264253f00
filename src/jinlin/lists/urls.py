"""Addresses of lists."""

from django.urls import path, re_path

from jinlin.lists.views import desk, resident

app_name = "lists"

urlpatterns = [
    path("lists/", resident.lists, name="lists"),
    path("lists/<int:list_id>/", resident.one, name="list"),
    path("lists/<int:list_id>/order/", resident.order, name="order"),
    path("lists/items/<int:item_id>/", resident.item, name="item"),
    path("lists/items/<int:item_id>/support/", resident.support, name="support"),
    path("lists/items/<int:item_id>/<slug:name>/", resident.check, name="check"),
    path("desk/lists/", desk.lists, name="desk-lists"),
    path("desk/lists/new/", desk.new, name="desk-new"),
    re_path(r"^desk/lists/export\.(?P<form>csv|xlsx)$", desk.export_lists, name="desk-export"),
    path("desk/lists/<int:list_id>/", desk.one, name="desk-list"),
    path("desk/lists/<int:list_id>/add/", desk.add, name="desk-add"),
    path("desk/lists/<int:list_id>/close/", desk.close, name="desk-close"),
    path("desk/lists/<int:list_id>/sheet/", desk.sheet, name="desk-sheet"),
    re_path(r"^desk/lists/(?P<list_id>\d{1,18})/export\.(?P<form>csv|xlsx)$", desk.export_items, name="desk-items"),
    path("desk/lists/items/<int:item_id>/", desk.item, name="desk-item"),
    path("desk/lists/items/<int:item_id>/link/", desk.link, name="desk-link"),
    path("desk/lists/items/<int:item_id>/unlink/<int:answered_id>/", desk.unlink, name="desk-unlink"),
    path("desk/lists/items/<int:item_id>/<slug:name>/", desk.step, name="desk-step"),
]
