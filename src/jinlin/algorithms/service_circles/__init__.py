"""Service circles: who has how far to walk to the nearest site, and where more sites would help most."""

from jinlin.algorithms.service_circles.circles import METRES_PER_MINUTE, Circle, demand_reached, measure_circles, within
from jinlin.algorithms.service_circles.covering import Covering, cover_most
from jinlin.algorithms.service_circles.median import Median, shorten_walks
from jinlin.algorithms.service_circles.network import InvalidNetwork, Isochrones, WalkingNetwork

__all__ = [
    "METRES_PER_MINUTE",
    "Circle",
    "Covering",
    "InvalidNetwork",
    "Isochrones",
    "Median",
    "WalkingNetwork",
    "cover_most",
    "demand_reached",
    "measure_circles",
    "shorten_walks",
    "within",
]
