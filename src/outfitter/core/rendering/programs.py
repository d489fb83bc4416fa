"""The two programs of a bundle: the agent, and the one that tries its servers."""

import json
import re
from keyword import iskeyword

from outfitter.core.rendering.fast_agent import PACKAGE, PYTHON
from outfitter.core.rendering.fitting import Fitted

_HEADER = f"""\
# /// script
# requires-python = "{PYTHON}"
# dependencies = ["{PACKAGE}"]
# ///
"""

_AGENT = '''\
"""Starts the agent: uv run --env-file .env agent.py"""

import asyncio
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIRED = <required>
FOLDERS = <folders>
FILES = <files>

missing = [name for name in REQUIRED if not os.environ.get(name)]
if missing:
    print(
        f"Not set: {', '.join(missing)}; .env.example says where to get each value for .env.",
        file=sys.stderr,
    )
    sys.exit(2)

os.chdir(HERE)
for folder in FOLDERS:
    (HERE / folder).mkdir(parents=True, exist_ok=True)
for name, path in FILES.items():
    os.environ[name] = os.environ.get(name) or str(HERE / path)

from fast_agent import FastAgent  # noqa: E402
from mcp.client import stdio  # noqa: E402

# Servers started here inherit few variables; behind a proxy they need these as well.
stdio.DEFAULT_INHERITED_ENV_VARS.extend(
    ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]
    + ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"]
)

fast = FastAgent(<title>, config_path=str(HERE / "fast-agent.yaml"))


@fast.agent(
    name=<name>,
    instruction=HERE / "instruction.md",
    servers=<servers>,
    # What the model is shown; a server not named here shows all its tools.
    tools=<tools>,
)
async def main() -> None:
    async with fast.run() as agent:
        await agent.interactive()


if __name__ == "__main__":
    asyncio.run(main())
'''

_VERIFY = '''\
"""Starts every server, lists its tools, and asks each one that has a harmless question for it.

Run: uv run --env-file .env verify.py
It prints one line of JSON; `accepted` is null where nothing shows whether the key is right.
"""

import asyncio
import json
import sys

sys.argv = [sys.argv[0], "--model", "passthrough", "--quiet"]
from agent import fast  # noqa: E402

SERVERS = <servers>
WANTED = <tools>
QUESTIONS = json.loads(<questions>)


async def look(agent) -> dict[str, dict[str, object]]:
    names = {tool.name for tool in (await agent.list_tools()).tools}
    seen = {}
    for server in SERVERS:
        found = sum(name.startswith(f"{server}__") for name in names)
        missing = [one for one in WANTED.get(server, []) if f"{server}__{one}" not in names]
        accepted = await ask(agent, server) if server in QUESTIONS else None
        seen[server] = {"tools": found, "missing": missing, "accepted": accepted}
    return seen


async def ask(agent, server: str) -> bool:
    tool, arguments = QUESTIONS[server]
    result = await agent.call_tool(f"{server}__{tool}", arguments)
    # Either name is the SDK's, and the other one warns.
    return not getattr(result, "is_error" if hasattr(result, "is_error") else "isError")


async def go() -> bool:
    try:
        async with fast.run() as app:
            seen = await look(app.get_agent(<name>))
    except (Exception, SystemExit):
        print(json.dumps({"ok": False, "error": "a server did not start; see above"}))
        return False
    fine = [
        one["tools"] and not one["missing"] and one["accepted"] is not False
        for one in seen.values()
    ]
    print(json.dumps({"ok": all(fine), "servers": seen}))
    return all(fine)


sys.exit(0 if asyncio.run(go()) else 1)
'''


def agent(name: str, servers: tuple[Fitted, ...]) -> str:
    """The text of agent.py; it holds names and nothing that a user wrote."""
    asked = {name for one in servers for name in one.asked}
    files = {name: path for one in servers for name, path in one.files.items()}
    return _HEADER + _put(
        _AGENT,
        required=json.dumps(sorted(asked - files.keys())),
        files=json.dumps(files),
        folders=json.dumps(sorted({folder for one in servers for folder in one.server.folders})),
        title=json.dumps(name),
        **_common(name, servers),
    )


def verify(name: str, servers: tuple[Fitted, ...]) -> str:
    """The text of verify.py."""
    probes = {one.key: one.server.probe for one in servers}
    questions = {key: [one.tool, one.arguments] for key, one in probes.items() if one}
    # Text inside text: the arguments are JSON, and JSON is not Python.
    quoted = json.dumps(json.dumps(questions))
    return _HEADER + _put(_VERIFY, questions=quoted, **_common(name, servers))


def _common(name: str, servers: tuple[Fitted, ...]) -> dict[str, str]:
    picked = {one.key: list(one.only) for one in servers if one.only}
    return {
        "name": json.dumps(_identifier(name)),
        "servers": json.dumps([one.key for one in servers]),
        "tools": json.dumps(picked),
    }


def _identifier(name: str) -> str:
    """The name as Python could call the agent: fast-agent's own examples write `app.that_name`."""
    found = name.replace("-", "_")
    return found if found.isidentifier() and not iskeyword(found) else f"agent_{found}"


def _put(text: str, **values: str) -> str:
    return re.sub("<([a-z]+)>", lambda found: values[found[1]], text)
