"""Every server of the built-in catalogue, written out with nothing stored and with everything."""

import re

import pytest
import yaml

from core.rendering.outfits import AGENT, an_agent
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.agent import Equipment
from outfitter.core.catalogue import Server
from outfitter.core.rendering import bundle, fast_agent

_TAKEN_AS_IT_IS = re.compile(r"https://[^?]+/mcp/?$|https://[^?]+\?.+|https://.+/sse$")


@pytest.mark.parametrize("server", builtin(), ids=lambda server: server.name)
def test_it_has_a_bundle_whose_variables_are_all_asked_for(server: Server) -> None:
    for keys in ((), tuple(one.key for one in server.inputs)):
        files = bundle.render(an_agent(Equipment(server=server, keys=keys)), AGENT)
        config = files[fast_agent.FILE]
        read = set(re.findall(r"\$\{([^}]*)\}", config))
        assert read == set(re.findall("^(MCP_[A-Z0-9_]+)=''$", files[".env.example"], re.MULTILINE))
        entry = yaml.safe_load(config)["mcp"]["servers"][server.name]
        assert entry["transport"] == "stdio" or _TAKEN_AS_IT_IS.match(entry["url"])
        fetched = files["prefetch.sh"].count("</dev/null")
        assert fetched == (1 if entry.get("command") in {"npx", "uvx", "docker"} else 0)
