"""Addresses of the territory app."""

from django.urls import path

from jinlin.territory import views
from jinlin.territory.views import desk_tree, grids, tree

app_name = "territory"

urlpatterns = [
    path("places/near", views.near, name="near"),
    path("places/search", views.search, name="search"),
    path("places/children", views.children, name="children"),
    path("places/boundaries.geojson", views.boundaries, name="boundaries"),
    path("places/picker", views.picker, name="picker"),
    path("places/", tree.find_unit, name="tree"),
    path("places/<str:code>/", tree.unit, name="unit"),
    path("places/<str:code>/map.geojson", tree.unit_map, name="unit-map"),
    path("places/<str:code>/poster/", tree.poster, name="poster"),
    path("desk/places/uncovered/", desk_tree.uncovered_units, name="desk-uncovered"),
    path("desk/places/register.xlsx", desk_tree.register_out, name="desk-register-out"),
    path("desk/places/units/", desk_tree.units, name="desk-units"),
    path("desk/places/boundaries/", desk_tree.boundary_file, name="desk-boundaries"),
    path("desk/places/boundaries/out.geojson", desk_tree.boundaries_out, name="desk-boundaries-out"),
    path("desk/places/", views.places, name="desk-places"),
    path("desk/places/import/", views.choose_register, name="desk-choose-register"),
    path("desk/places/import/template", views.register_template, name="desk-register-template"),
    path("desk/places/import/<str:token>/", views.register_steps, name="desk-register"),
    path("desk/places/import/<str:token>/findings", views.register_findings, name="desk-register-findings"),
    path("desk/grids/", grids.plans, name="grid-plans"),
    path("desk/grids/propose/", grids.propose, name="grid-propose"),
    path("desk/grids/import/", grids.import_plan, name="grid-import"),
    path("desk/grids/compare/", grids.compare, name="grid-compare"),
    path("desk/grids/<int:plan_id>/", grids.plan, name="grid-plan"),
    path("desk/grids/<int:plan_id>/map.geojson", grids.plan_map, name="grid-map"),
    path("desk/grids/<int:plan_id>/plan.xlsx", grids.plan_sheet, name="grid-sheet"),
    path("desk/grids/<int:plan_id>/move/", grids.move, name="grid-move"),
    path("desk/grids/<int:plan_id>/hand-in/", grids.hand_in, name="grid-hand-in"),
    path("desk/grids/<int:plan_id>/approve/", grids.approve, name="grid-approve"),
    path("desk/grids/<int:plan_id>/return/", grids.send_back, name="grid-return"),
    path("desk/grids/<int:plan_id>/drop/", grids.drop, name="grid-drop"),
]
