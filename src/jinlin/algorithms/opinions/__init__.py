"""Opinion groups: who votes alike on short statements, what sets each group apart, and what all of them share."""

from jinlin.algorithms.opinions.finding import Landscape, Opinions, find_opinions, refined
from jinlin.algorithms.opinions.plane import Plane
from jinlin.algorithms.opinions.standing import Standing, Weighed, standing
from jinlin.algorithms.opinions.votes import AGREE, DISAGREE, PASS, Votes, gather_votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Landscape",
    "Opinions",
    "Plane",
    "Standing",
    "Votes",
    "Weighed",
    "find_opinions",
    "gather_votes",
    "refined",
    "standing",
]
