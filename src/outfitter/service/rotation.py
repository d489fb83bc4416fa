"""Credentials sealed anew with the newest key, while the service serves."""

from collections.abc import Collection
from dataclasses import dataclass

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials
from outfitter.adapters.store.credentials import OfUser
from outfitter.adapters.vault import Unreadable, Vault
from outfitter.core.errors import Refused
from outfitter.service.loading import Progress

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values were sealed anew, and how many older keys still seal."""

    resealed: int
    left: int


class Rotation:
    """Changes seals batch by batch, each committed: interrupted, the next run goes on."""

    def __init__(self, owner: Database, vault: Vault) -> None:
        self._owner = owner
        self._vault = vault

    async def run(self, progress: Progress) -> Rotated:
        """Seal everything anew that another key than the newest seals.

        Values in use at the moment are passed over and come in the next round; those that do
        not open are left. Raises Refused if a key that is needed is not there.
        """
        waiting = await self._waiting()
        done = 0
        while (by_now := await self._round(done, waiting, progress)) > done:
            done = by_now
        return Rotated(done, await self._waiting())

    async def _waiting(self) -> int:
        async with self._owner.as_owner() as tx:
            sealed = await credentials.values_by_key(tx)
        require_keys(sealed, self._vault.key_ids)
        return sum(sealed.values()) - sealed.get(self._vault.key_ids[0], 0)

    async def _round(self, done: int, waiting: int, progress: Progress) -> int:
        last: OfUser | None = None
        newest = self._vault.key_ids[0]
        while True:
            async with self._owner.as_owner() as tx:
                found = await credentials.stale(tx, newest, after=last, limit=BATCH)
                fresh = [again for one in found if (again := self._again(one)) is not None]
                await credentials.reseal(tx, fresh)
            if not found:
                return done
            last = found[-1]
            done += len(fresh)
            progress(done, max(done, waiting))

    def _again(self, one: OfUser) -> OfUser | None:
        try:
            value = self._vault.open(one.user, one.sealed)
        except Unreadable:
            return None
        sealed = one.sealed
        return OfUser(
            one.user,
            self._vault.seal(one.user, sealed.server, sealed.key, value, sealed.account),
        )


def require_keys(sealed: Collection[str], known: Collection[str]) -> None:
    """Refuse if a key that seals something is not known."""
    if absent := sorted(set(sealed) - set(known)):
        raise Refused(f"Keys that seal credentials are not set: {', '.join(absent)}.")


def require_right_keys(samples: Collection[OfUser], vault: Vault) -> None:
    """Refuse if a key opens none of what its name is on: the name is another key's too."""
    opened = {one.sealed.key_id for one in samples if vault.opened(one.user, [one.sealed])}
    if wrong := sorted({one.sealed.key_id for one in samples} - opened):
        raise Refused(
            f"Nothing opens that keys of these names sealed: {', '.join(wrong)}. Put the keys back "
            "that they were; new ones take new names."
        )
