"""The JSON API: version 1, assembled from the routers that the apps bring."""

from jinlin import __version__
from jinlin.api import errors, me
from jinlin.api.authentication import OR_NOBODY, SIGNED_IN
from jinlin.api.description import DescribedAPI
from jinlin.api.parsing import StrictParser
from jinlin.disclosure.api import notices as notices_router
from jinlin.disclosure.api import router as public_router
from jinlin.lists.api import router as lists_router
from jinlin.meetings.api import router as meetings_router
from jinlin.opinions.api import router as opinions_router
from jinlin.outreach.api import router as outreach_router
from jinlin.procedures.api import router as procedures_router
from jinlin.requests import api as requests_api
from jinlin.territory.api import router as places_router
from jinlin.volunteering.api import router as volunteering_router
from jinlin.voting.api import router as voting_router
from jinlin.wishes.api import router as wishes_router

api = DescribedAPI(
    title="Jinlin",
    version=__version__,
    description="Requests of residents, from raising to disclosure. Ids are strings; times are UTC; money in fen.",
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
errors.register(api)
api.add_router("/me", me.router, auth=SIGNED_IN, tags=["account"])
api.add_router("/requests", requests_api.router, auth=OR_NOBODY, tags=["requests"])
api.add_router("/follow", requests_api.following, auth=None, tags=["following"])
api.add_router("/categories", requests_api.categories, auth=None, tags=["catalogue"])
api.add_router("/report", requests_api.figures, auth=SIGNED_IN, tags=["figures"])
api.add_router("/places", places_router, auth=None, tags=["places"])
api.add_router("/public", public_router, auth=None, tags=["public"])
api.add_router("/notices", notices_router, auth=OR_NOBODY, tags=["notices"])
api.add_router("/volunteering", volunteering_router, auth=OR_NOBODY, tags=["volunteering"])
api.add_router("/lists", lists_router, auth=OR_NOBODY, tags=["lists"])
api.add_router("/meetings", meetings_router, auth=OR_NOBODY, tags=["meetings"])
api.add_router("/procedures", procedures_router, auth=OR_NOBODY, tags=["procedures"])
api.add_router("/ballots", voting_router, auth=OR_NOBODY, tags=["ballots"])
api.add_router("/opinions", opinions_router, auth=OR_NOBODY, tags=["opinions"])
api.add_router("/outreach", outreach_router, auth=OR_NOBODY, tags=["outreach"])
api.add_router("/wishes", wishes_router, auth=OR_NOBODY, tags=["wishes"])
