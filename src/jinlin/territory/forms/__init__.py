"""Forms of the territory app, and the place field for the forms of other apps."""

from jinlin.territory.forms.place_field import ChosenPlace, PicksPlaces, PlaceField

__all__ = ["ChosenPlace", "PicksPlaces", "PlaceField"]
