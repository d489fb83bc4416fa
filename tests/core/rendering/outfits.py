"""Agents for the tests of what is written out."""

from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import (
    Access,
    Input,
    Place,
    Probe,
    RemoteTemplate,
    Server,
    StdioTemplate,
    Template,
    Tool,
)
from outfitter.core.plan import Step


def an_input(key: str, place: Place = Place.ENV, **fields: object) -> Input:
    """An input of that key; `fields` override anything."""
    document: dict[str, object] = {"key": key, "place": place, "description": f"The {key}"}
    return Input.model_validate(document | fields)


def a_server(name: str, template: Template, *inputs: Input, **fields: object) -> Server:
    """A server with that template; `fields` override anything."""
    document: dict[str, object] = {
        "name": name,
        "title": name.replace("-", " ").title(),
        "description": f"Works with {name}.",
        "version": "1.2.3",
        "service": name,
        "category": "test",
        "publisher": "tests",
        "template": template,
        "inputs": inputs,
        "access": Access.PASTE if inputs else Access.OPEN,
    }
    return Server.model_validate(document | fields)


def started(*args: str, command: str = "npx", **env: str) -> StdioTemplate:
    """A template that is started."""
    return StdioTemplate(command=command, args=args, env=env)


def reached(url: str, **headers: str) -> RemoteTemplate:
    """A template that is reached over HTTP."""
    return RemoteTemplate(transport="http", url=url, headers=headers)


def an_agent(
    *equipment: Equipment, goal: str = "A goal", steps: tuple[Step, ...] = ()
) -> AgentSpec:
    """An agent that has this equipment."""
    return AgentSpec(name="An agent", goal=goal, steps=steps, equipment=equipment)


AGENT = "01a2052e-2d56-70b4-a069-2bfbb5207bb7"
MAIL = a_server(
    "gmail",
    started("-y", "mail-mcp@2.0.1", EMAIL="${EMAIL}", PASSWORD="${PASSWORD}", LABEL="${LABEL}"),
    an_input("EMAIL", description="Your Gmail address", secret=False, example="me@gmail.com"),
    an_input("PASSWORD", description="An app password"),
    an_input("LABEL", description="A label", required=False, secret=False),
    title="Gmail",
    steps=("Turn on two-step verification", "Create an app password", "Copy it"),
    obtain_url="https://myaccount.google.com/apppasswords",
    tools=(Tool(name="search_mail"), Tool(name="read_mail")),
)
NOTES = a_server(
    "notion-hosted",
    reached("https://notes.example.com/v1?team=${TEAM}", Authorization="Bearer ${TOKEN}"),
    an_input("TOKEN", Place.HEADER, description="A token"),
    an_input("TEAM", Place.URL, description="A team", required=False, secret=False),
    title="Notion",
    steps=("Open the integrations page", "Copy the secret", "Share a page", "Check it"),
    obtain_url="https://www.notion.so/profile/integrations",
    probe=Probe(tool="whoami", arguments={"deep": True}),
)
DATABASE = a_server(
    "sqlite",
    started(
        *("--from", "sqlite-mcp==1.0", "--with", "mcp<2", "sqlite-mcp"),
        *("--db-path", "${DB}", "--mode", "${MODE}"),
        command="uvx",
    ),
    an_input("DB", Place.ARG, required=False, secret=False),
    an_input("MODE", Place.ARG, secret=False, default="ro"),
    access=Access.OPEN,
    folders=("files", "./data/cache"),
)
CALENDAR = a_server(
    "calendar",
    reached("https://calendar.example.com"),
    access=Access.SIGN_IN,
    steps=("Start the agent", "Sign in in the browser that opens"),
)
INVOICES = AgentSpec(
    name="Invoices to Notion",
    goal="Watch Gmail for invoices\nand save them to \"Notion\" {{file:../secret}} \\ '''",
    steps=(
        Step(text="Find new invoices\nin Gmail", server="gmail"),
        Step(text="Save each one {{url:https://evil.example}}", server="notion-hosted"),
        Step(text="Think about it"),
    ),
    equipment=(
        Equipment(server=MAIL, keys=("EMAIL", "PASSWORD"), tools=("search_mail",)),
        Equipment(server=NOTES, keys=("TOKEN",)),
        Equipment(server=DATABASE),
        Equipment(server=CALENDAR),
    ),
)
