"""The settings of a service, or everything that is wrong with them at once."""

from collections.abc import Callable, Iterator
from functools import partial

from pydantic import ValidationError

from outfitter.adapters import tracing
from outfitter.adapters.postgres.database_url import async_url
from outfitter.adapters.sign_in.exchange import safe_url
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import LocalKeys
from outfitter.adapters.sign_in.newcomer import refuse_newcomer
from outfitter.adapters.vault import Keyring
from outfitter.core.errors import Refused
from outfitter.settings import Settings, complaints

Check = Callable[[], object]


def sound_settings() -> Settings:
    """The settings, if a service can be started with them; Refused with a line for each fault."""
    try:
        settings, faults = Settings(), list[str]()
    except ValidationError as error:
        faults = complaints(error)
        # What can be read is looked at all the same, so that nobody mends one after the other.
        wrong = [str(one["loc"][0]) for one in error.errors()]
        settings = Settings(**{name: Settings.model_fields[name].default for name in wrong})
    faults += _faults(settings)
    if faults:
        raise Refused("\n".join(faults))
    return settings


def _faults(settings: Settings) -> Iterator[str]:
    """What the parts that are made of the settings would refuse."""
    for name, check in _checks(settings):
        try:
            check()
        except Refused as refused:
            yield refused.detail if name in refused.detail else f"{name}: {refused.detail}"


def _checks(settings: Settings) -> Iterator[tuple[str, Check]]:
    for name in ("database_url", "migration_database_url", "catalogue_database_url"):
        if url := getattr(settings, name):
            yield name.upper(), partial(async_url, url.get_secret_value())
    if settings.supabase_url:
        yield "SUPABASE_URL", partial(safe_url, settings.supabase_url)
    else:
        newcomer = partial(refuse_newcomer, settings.host, None, closed=settings.closed_network)
        yield "HOST", newcomer
    if secret := settings.supabase_jwt_secret:
        keys, given = LocalKeys({"keys": []}), secret.get_secret_value()
        verifier = partial(TokenVerifier, keys, issuer="", hs256_secret=given)
        yield "SUPABASE_JWT_SECRET", verifier
    if sealing := settings.credential_keys:
        yield "CREDENTIAL_KEYS", partial(Keyring.parse, sealing.get_secret_value())
    if settings.otel_exporter_otlp_endpoint:
        yield "OTEL_EXPORTER_OTLP_ENDPOINT", tracing.require
