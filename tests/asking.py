"""An application asked in the test's own process, without a server before it."""

import httpx2
from fastapi import FastAPI


def asking(app: FastAPI) -> httpx2.AsyncClient:
    """A client of the application alone."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://api")
