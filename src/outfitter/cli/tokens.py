"""Access tokens for the one person at this machine."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from outfitter.adapters.sign_in.identity import LONGEST_EMAIL
from outfitter.adapters.sign_in.newcomer import NewcomerKey, refuse_newcomer
from outfitter.core.errors import Refused
from outfitter.settings import Settings

_A_DAY = timedelta(days=1)


def newcomer_token(settings: Settings, email: str) -> str:
    """A token for an address; the same address is always the same user here."""
    refuse_newcomer(settings.host, settings.supabase_url, closed=settings.closed_network)
    if not (email.strip() and email.isprintable() and len(email) <= LONGEST_EMAIL):
        raise Refused("Say whom the token is for, such as you@example.com.")
    user_id = str(uuid5(NAMESPACE_URL, f"mailto:{email.lower()}"))
    return NewcomerKey(settings.data_dir).token(user_id, email, lifetime=_A_DAY)
