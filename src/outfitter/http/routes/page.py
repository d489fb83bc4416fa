"""The contract as a page for people, which takes every file from this package."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from outfitter.core.errors import NotFound
from outfitter.http.document import PAGE

router = APIRouter(prefix=PAGE, include_in_schema=False)

_FOLDER = Path(__file__).parents[1] / "page"
_PARTS = frozenset({"start.js", "swagger-ui-bundle.js", "swagger-ui.css"})
_KEPT = {"Cache-Control": "max-age=3600"}


@router.get("")
async def page() -> FileResponse:
    """Swagger UI, which shows the OpenAPI document and asks the API."""
    return FileResponse(_FOLDER / "index.html")


@router.get("/{name}")
async def part(name: str) -> FileResponse:
    """A file that the page is made of."""
    if name not in _PARTS:
        raise NotFound("There is no such page.")
    return FileResponse(_FOLDER / name, headers=_KEPT)
