"""The district that is measured: the demo's community of Hongshan, and others beside it, laid out alike but of one floor."""

from dataclasses import replace

from jinlin.demo.names import STEMS
from jinlin.demo.places import DemoPlace
from jinlin.demo.plans import CommunityPlan, DistrictPlan, SubdistrictPlan
from jinlin.demo.profiles import PROFILES, Profile, hongshan

COMMUNITIES = 20


def profile() -> Profile:
    """Return the profile of Hongshan as a district of twenty communities, with nothing but what requests need."""
    return replace(PROFILES["hongshan"], place=_place, organise=lambda scene: None)


def _place() -> DistrictPlan:
    first = CommunityPlan("虹山社区", hongshan.ESTATES)
    low = tuple(replace(estate, floors=(1,) * len(estate.floors)) for estate in hongshan.ESTATES)
    others = (CommunityPlan(f"{stem}社区", low) for stem in STEMS[: COMMUNITIES - 1])
    return replace(hongshan.place(), subdistricts=(SubdistrictPlan("虹山街道", (first, *others)),))


def first_community(plan: DemoPlace) -> DemoPlace:
    """Return the place with the buildings of its first community alone, where people are known by name."""
    code = plan.communities[0].code
    return replace(plan, buildings=tuple(one for one in plan.buildings if one.code.startswith(code)))
