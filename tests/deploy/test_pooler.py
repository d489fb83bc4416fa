"""The stack's pooler, run with its own configuration and started by its own command."""

import asyncio
import json
import os
import pwd
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url, text

from outfitter.adapters.postgres.database import Database
from outfitter.core.errors import OutfitterError
from programs.databases import make_user, open_folder
from programs.installed import free_port, required
from waiting import until

FOLDER = Path(__file__).parents[2] / "deploy/pgbouncer"


@contextmanager
def _pooled(url: str) -> Iterator[str]:
    """The API's URL through the pooler, which finds its database where this URL says."""
    given, port = make_url(url), free_port()
    with open_folder() as folder:
        # It does not run as root, and neither does it in its image.
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        there = f"host={given.host} port={given.port} dbname={given.database}"
        config = (FOLDER / "pgbouncer.ini").read_text("utf-8")
        config = config.replace("host=db port=5432 dbname=outfitter", there)
        config = config.replace("listen_port = 6432", f"listen_port = {port}\nunix_socket_dir =")
        config = config.replace("/tmp/users", f"{folder}/users")  # noqa: S108 - the image's
        (folder / "pgbouncer.ini").write_text(config, "utf-8")
        process = subprocess.Popen(
            _command(folder),
            env={
                "PATH": f"{Path(required('pgbouncer')).parent}:/bin",
                "API_PASSWORD": str(given.password),
            },
            stderr=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
        )
        try:
            pooled = given.set(host="127.0.0.1", port=port, database="outfitter")
            yield pooled.render_as_string(hide_password=False)
        finally:
            process.terminate()
            process.wait(30)


def _command(folder: Path) -> list[str]:
    found = re.search(r"^CMD (\[.*\])$", (FOLDER / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    words: list[str] = json.loads(found[1])
    return [
        one.replace("/tmp/users", f"{folder}/users").replace("/etc/pgbouncer", str(folder))  # noqa: S108
        for one in words
    ]


async def test_transactions_through_the_pooler_are_those_of_who_asks(
    api_url: str, owner: Database
) -> None:
    users = [await make_user(owner) for _ in range(4)]
    with _pooled(api_url) as url:
        database = Database(url, pool_size=8, pooler="transaction")
        await until(lambda: _answers(database))

        async def asks(number: int) -> tuple[str, str]:
            user = users[number % len(users)]
            async with database.transaction(user) as tx:
                await asyncio.sleep(0)
                seen = (await tx.execute(text("SELECT auth.uid()::text"))).scalar_one()
            return user.id, seen

        pairs = await asyncio.gather(*(asks(one) for one in range(200)))
        await database.close()

    assert all(asked == seen for asked, seen in pairs)


async def _answers(database: Database) -> bool:
    with suppress(OutfitterError):
        async with database.transaction(None):
            return True
    return False
