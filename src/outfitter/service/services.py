"""All services together, as the routes are given them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from outfitter.core.user import User
from outfitter.service.account import Account
from outfitter.service.agents import Agents
from outfitter.service.catalogue import Catalogue
from outfitter.service.chat import Chat
from outfitter.service.credentials import Credentials
from outfitter.service.health import Health
from outfitter.service.history import History
from outfitter.service.live import Live
from outfitter.service.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Services:
    """What routes may call.

    `knows` says whether `identify` has verified that token before.
    `jwks` is served only where the service signs its own tokens, `metrics` unless switched off.
    """

    identify: Callable[[str], Awaitable[User]]
    knows: Callable[[str], bool]
    chat: Chat
    live: Live
    history: History
    agents: Agents
    credentials: Credentials
    catalogue: Catalogue
    account: Account
    sign_in: SignIn
    health: Health
    jwks: Mapping[str, Any] | None = None
    metrics: Callable[[], str] | None = None
