"""Finds the district of a web request by its host; an unknown host is not found."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from jinlin.region.districts import district_by_host, forget_districts, in_district


class DistrictMiddleware:
    """Runs everything behind it inside the district of the host; the health page needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return self.get_response(request)
        district = district_by_host(request.get_host().partition(":")[0])
        if district is None:
            forget_districts()
            raise Http404("no district has this host")
        request.district = district
        with in_district(district):
            return self.get_response(request)
