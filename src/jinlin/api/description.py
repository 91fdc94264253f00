"""The API as it describes itself: every operation names the one shape of errors."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from jinlin.api.errors import ErrorOut

REFERENCE = "#/components/schemas/"
ERROR = {
    "description": "What went wrong, why, and what to do next.",
    "content": {"application/json": {"schema": {"$ref": f"{REFERENCE}ErrorOut"}}},
}


class DescribedAPI(NinjaAPI):
    """An API in whose description any other status than the named ones is an error of the one shape."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description, with the error added to every operation."""
        described = super().get_openapi_schema(**options)
        shape = ErrorOut.model_json_schema(ref_template=REFERENCE + "{model}")
        described["components"]["schemas"] |= shape.pop("$defs") | {"ErrorOut": shape}
        for operations in described["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = ERROR
        return described
