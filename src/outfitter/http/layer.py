"""What all layers around the routes have in common."""

from abc import ABC, abstractmethod

from starlette.types import ASGIApp, Receive, Scope, Send


class Layer(ABC):
    """Stands around an application: requests go through it, and all else past it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request; the start and the end of the application are its own."""
        take = self._take if scope["type"] == "http" else self._app
        await take(scope, receive, send)

    @abstractmethod
    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or answer it."""
