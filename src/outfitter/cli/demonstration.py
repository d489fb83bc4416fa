"""The whole path on one machine: a sentence goes in, an agent comes out."""

import asyncio
import io
import json
import socket
import time
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.syntax import Syntax

from outfitter import wiring
from outfitter.adapters import logs
from outfitter.adapters.files import catalogue_files
from outfitter.cli import serving
from outfitter.cli.database import Urls
from outfitter.cli.listening import address, listen
from outfitter.cli.loading import load
from outfitter.cli.tokens import newcomer_token
from outfitter.core.errors import Refused
from outfitter.settings import Settings

SENTENCE = "monitor Gmail for invoices and save them to Notion"
_MADE_UP = "made-up-for-the-demo"

Json = dict[str, Any]


async def run(settings: Settings, urls: Urls, out: Console, *, once: bool) -> None:
    """Load, serve, and tell the story; then stay up until Ctrl-C, unless `once`."""
    logs.configure("warning")
    # Before the catalogue is loaded: where others sign the tokens there is no demo.
    token = newcomer_token(settings, f"demo-{uuid4().hex[:8]}@localhost")
    out.rule("[bold]Outfitter")
    for part, backend in wiring.backends(settings).items():
        out.out(f"{part:>12}  {backend}", highlight=False)
    started = time.perf_counter()
    loaded = await load(settings, urls.owner, catalogue_files.builtin(), out)
    took = time.perf_counter() - started
    out.print(
        f"{'catalogue':>12}  {loaded.total} servers, {loaded.written} embedded in {took:.1f} s"
    )
    await wiring.preflight(settings, urls.api)
    listening = _listen(settings, out)
    url = address(listening)
    async with serving.serving(settings, urls, listening) as server:
        out.out(f"{'listening':>12}  {url}", highlight=False)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx2.AsyncClient(
            base_url=url, headers=headers, timeout=60, trust_env=False
        ) as client:
            agent = await _conversation(client, out)
            await _hand_over(client, agent, settings.data_dir / "demo", out)
        if not once:
            _how_to_go_on(url, token, agent, out)
            await asyncio.wait([server])


async def _conversation(client: httpx2.AsyncClient, out: Console) -> Json:
    """The request, the credentials it takes, and the agent."""
    answer = await _say(client, out, {"message": SENTENCE})
    needed = answer["required_credentials"]
    if needed:
        given: dict[str, dict[str, str]] = {}
        for one in needed:
            given.setdefault(one["mcp_server"], {})[one["credential_key"]] = _MADE_UP
        message = "Here they are. (The demo makes up the values.)"
        body = {"message": message, "session_id": answer["session_id"], "credentials": given}
        answer = await _say(client, out, body)
    if answer["agent"] is None:
        raise Refused("The demo came to no agent; the answers above say why.")
    agent: Json = answer["agent"]
    return agent


async def _say(client: httpx2.AsyncClient, out: Console, body: Json) -> Json:
    out.print()
    out.print(Panel(escape(body["message"]), title="you", title_align="left", border_style="cyan"))
    started = time.perf_counter()
    answer = await _json(await client.post("/api/chat", json=body))
    took = 1000 * (time.perf_counter() - started)
    about = f"{answer['status']}, {answer['analyzer']} analyzer, {took:.0f} ms"
    out.print(
        Panel(
            escape(answer["reply"]),
            title="outfitter",
            subtitle=about,
            title_align="left",
            border_style="green",
        )
    )
    return answer


async def _hand_over(client: httpx2.AsyncClient, agent: Json, folder: Path, out: Console) -> None:
    """The agent's own files on disk, and its config as it was answered."""
    config = await _json(await client.get(f"/api/agents/{agent['id']}"))
    bundle = await client.get(f"/api/agents/{agent['id']}/bundle")
    bundle.raise_for_status()
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        names = archive.namelist()
        archive.extractall(folder)
    out.rule(f"agent {agent['id']}, version {agent['version']}")
    shown = json.dumps(config["mcp_config"], indent=2)
    out.print(Syntax(shown, "json", background_color="default", word_wrap=True))
    out.print(f"Its bundle is in [bold]{escape(str(folder / names[0].split('/')[0]))}[/bold]:")
    out.print("  " + ", ".join(sorted(name.split("/", 1)[1] for name in names)), highlight=False)


def _how_to_go_on(url: str, token: str, agent: Json, out: Console) -> None:
    out.rule("yours now, Ctrl-C stops it")
    out.out(f"TOKEN={token}", highlight=False)
    out.out(
        f'curl -s {url}/api/chat -H "Authorization: Bearer $TOKEN" \\\n'
        "  -H 'Content-Type: application/json' "
        '-d \'{"message": "tell me on Slack when a GitHub issue is opened"}\'\n'
        f'curl -s {url}/api/agents/{agent["id"]} -H "Authorization: Bearer $TOKEN"',
        highlight=False,
    )


def _listen(settings: Settings, out: Console) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except Refused:
        listening = listen(settings.host, 0)
        out.print(
            f"[yellow]{'':>12}  port {settings.port} is not to be had, so another one is used"
        )
        return listening


async def _json(response: httpx2.Response) -> Json:
    if response.is_error:
        raise Refused(f"The service answered {response.status_code}: {response.text[:300]}")
    answer: Json = response.json()
    return answer
