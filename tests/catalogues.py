"""A small catalogue written by hand, and builders of servers, for tests."""

from collections.abc import Iterable, Sequence

from outfitter.core.analysis import Candidate, Question
from outfitter.core.catalogue import Access, Input, Place, Server, StdioTemplate, Tool
from outfitter.core.finding.ranking import Near, rank
from outfitter.core.finding.sought import Sought
from outfitter.core.plan import Plan
from outfitter.core.words.text import clauses


def an_input(
    key: str,
    description: str = "",
    *,
    required: bool = True,
    secret: bool = True,
    default: str | None = None,
) -> Input:
    """An input that goes into the environment."""
    return Input(
        key=key,
        place=Place.ENV,
        description=description or key.replace("_", " ").lower(),
        required=required,
        secret=secret,
        default=default,
    )


def a_server(
    name: str,
    *inputs: Input,
    access: Access | None = None,
    tools: Iterable[str] = (),
    **fields: object,
) -> Server:
    """A server started with npx that has these inputs; `fields` overrides anything."""
    found = access or (Access.PASTE if inputs else Access.OPEN)
    document: dict[str, object] = {
        "name": name,
        "title": name.replace("-", " ").title(),
        "description": f"Works with {name}.",
        "version": "1.0.0",
        "service": name,
        "category": name,
        "publisher": "tests",
        "template": StdioTemplate(
            command="npx",
            args=("-y", f"{name}@1.0.0"),
            env={one.key: f"${{{one.key}}}" for one in inputs},
        ),
        "inputs": inputs,
        "access": found,
        "tools": tuple(Tool(name=tool) for tool in tools),
    }
    return Server.model_validate(document | fields)


GMAIL = a_server(
    "gmail",
    an_input("EMAIL_ADDRESS", "Your Gmail address", secret=False),
    an_input("EMAIL_PASSWORD", "A Gmail app password"),
    title="Gmail",
    description="Searches, reads and sends Gmail messages with an app password.",
    category="email",
    aliases=("google mail",),
    keywords=("email", "inbox", "invoices"),
    steps=("Turn on two-step verification", "Create an app password", "Copy the 16 letters"),
    obtain_url="https://myaccount.google.com/apppasswords",
    tools=("search_mail", "read_mail", "send_mail"),
)
GMAIL_HOSTED = a_server(
    "gmail-hosted",
    title="Gmail (hosted)",
    description="Google's own Gmail server.",
    service="gmail",
    category="email",
    official=True,
    access=Access.SIGN_IN,
    steps=("Start the agent", "Sign in with Google in the browser that opens"),
)
NOTION = a_server(
    "notion",
    an_input("NOTION_TOKEN", "Internal integration secret"),
    title="Notion",
    description="Searches, reads, creates and edits Notion pages and databases.",
    category="notes",
    official=True,
    keywords=("notes", "wiki"),
    steps=(
        "Open the integrations page",
        "Create an integration",
        "Copy its secret",
        "Share the page with the integration",
    ),
    obtain_url="https://www.notion.so/profile/integrations",
    tools=("create_page", "query_database"),
)
AIRTABLE = a_server(
    "airtable",
    an_input("AIRTABLE_API_KEY", "Personal access token"),
    title="Airtable",
    description="Reads and writes records in Airtable bases.",
    category="notes",
    steps=("Open the developer hub", "Create a token"),
    obtain_url="https://airtable.com/create/tokens",
)
SLACK = a_server(
    "slack",
    an_input("SLACK_BOT_TOKEN", "Bot token", required=False),
    an_input("SLACK_COOKIE", "Browser session cookie", required=False),
    an_input("SLACK_SESSION", "Browser session token", required=False),
    an_input("SLACK_LIMIT", "Messages a call", required=False, secret=False),
    title="Slack",
    description="Reads channels and posts messages in Slack.",
    category="chat",
    keywords=("channel", "message"),
    require_any=(("SLACK_BOT_TOKEN",), ("SLACK_COOKIE", "SLACK_SESSION")),
    steps=("Create a Slack app", "Install it", "Copy the bot token"),
    obtain_url="https://api.slack.com/apps",
)
GITHUB = a_server(
    "github",
    an_input("GITHUB_TOKEN", "Personal access token"),
    title="GitHub",
    description="Repositories, issues and pull requests on GitHub.",
    category="development",
    official=True,
)
FILESYSTEM = a_server(
    "filesystem",
    an_input("ALLOWED_FOLDER", "Folder", required=False, secret=False, default="./files"),
    title="Files",
    description="Reads and writes files in one folder.",
    access=Access.OPEN,
    folders=("files",),
)
FIGMA = a_server(
    "figma",
    title="Figma",
    description="Reads Figma designs.",
    category="design",
    access=Access.SIGN_IN,
    steps=("Start the agent", "Sign in with Figma in the browser that opens"),
)

EVERYTHING = (GMAIL, GMAIL_HOSTED, NOTION, AIRTABLE, SLACK, GITHUB, FILESYSTEM, FIGMA)
CATALOGUE = {server.name: server for server in EVERYTHING}


def candidates(*servers: Server, score: float = 0.6, named: bool = False) -> tuple[Candidate, ...]:
    """A shortlist of these servers, each a little worse than the one before."""
    return tuple(
        Candidate(server, score - place / 100, named=named) for place, server in enumerate(servers)
    )


def question(message: str, plan: Plan | None = None) -> Question:
    """The message with the whole small catalogue as its shortlist, ranked by words alone."""
    parts = clauses(message)
    nothing = (0.0,) * len(parts)
    near = [Near(server, nothing) for server in EVERYTHING]
    return Question(
        message,
        parts,
        rank(message, searched(*parts), near),
        plan or Plan(),
    )


def about(shortlist: Sequence[Candidate], message: str, plan: Plan | None = None) -> Question:
    """The message with the shortlist that is given."""
    return Question(message, clauses(message), tuple(shortlist), plan or Plan())


def searched(*texts: str) -> Sought:
    """What is searched for where each clause is a part, and no vectors are known."""
    return Sought(texts, texts, tuple(range(len(texts))))
