"""A route that takes one JSON body and hands it to its endpoint, at less than what FastAPI spends on any parameter."""

from collections.abc import Callable, Coroutine
from typing import Any, get_type_hints

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from api.errors import Refused

QUERY_API = "application/vnd.neo4j.query"  # JSON too


class StatementRoute(APIRoute):
    """Its endpoint takes the request, the parts of the path as text, and `body`, a model; it is described as any."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """See APIRoute."""
        endpoint = self.endpoint
        model = get_type_hints(endpoint)["body"]

        async def handle(request: Request) -> Response:
            body = await taken(request, model)
            answer: Response = await endpoint(request=request, body=body, **request.path_params)
            return answer

        return handle


async def taken(request: Request, model: type[BaseModel]) -> BaseModel:
    """The body as the model; raises Refused where it is no JSON, RequestValidationError where it does not fit."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said != "application/json" and not said.endswith("+json") and not said.startswith(QUERY_API):
        raise Refused(415, f"send application/json, not {said or 'a body without Content-Type'}")
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in wrong]) from None
