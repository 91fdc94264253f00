"""The demo's places, each described by what it consists of."""

from collections.abc import Callable
from dataclasses import dataclass

from jinlin.demo.plans import DistrictPlan
from jinlin.demo.profiles import hetang, hongrun, hongshan, ningde, pingwu
from jinlin.demo.scene import Scene


@dataclass(frozen=True)
class Profile:
    """A place of the demo.

    `homes_known` is in how many homes those who live there are known by name, `residents` how many these are together.
    `organise` founds the bodies that this place has beyond its playbook's and gives the posts of which it has many.
    """

    name: str
    title: str
    phone: str
    place: Callable[[], DistrictPlan]
    organise: Callable[[Scene], None]
    homes_known: int = 300
    residents: int = 900
    requests: int = 0


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("hongshan", "虹山社区", "0871-12345678", hongshan.place, hongshan.organise, 2_000, 6_000, requests=600),
        Profile("hetang", "荷塘区", "0731-12345678", hetang.place, hetang.organise),
        Profile("hongrun", "红润市", "0532-12345678", hongrun.place, hongrun.organise),
        Profile("ningde", "宁德市", "0593-12345678", ningde.place, ningde.organise),
        Profile("pingwu", "平武县", "0816-12345678", pingwu.place, pingwu.organise),
    )
}
