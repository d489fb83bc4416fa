"""The contract as a page for people, which takes every file from this package."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles

from outfitter.core.errors import NotFound
from outfitter.http.document import PAGE

router = APIRouter(prefix=PAGE, include_in_schema=False)

_FOLDER = Path(__file__).parents[1] / "page"
_PARTS = frozenset({"start.js", "swagger-ui-bundle.js", "swagger-ui.css"})
_FILES = StaticFiles(directory=_FOLDER)
_KEPT = {"Cache-Control": "max-age=3600"}


@router.get("")
async def page(request: Request) -> Response:
    """Swagger UI, which shows the OpenAPI document and asks the API."""
    return _file("index.html", request)


@router.get("/{name}")
async def part(name: str, request: Request) -> Response:
    """A file that the page is made of."""
    if name not in _PARTS:
        raise NotFound("There is no such page.")
    answer = _file(name, request)
    answer.headers.update(_KEPT)
    return answer


def _file(name: str, request: Request) -> Response:
    """The file, or that the one the client has is still it."""
    path = _FOLDER / name
    return _FILES.file_response(path, path.stat(), request.scope)
