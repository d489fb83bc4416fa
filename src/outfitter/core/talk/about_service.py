"""What the service says of itself: one answer for each topic that people ask about."""

from collections.abc import Mapping

INTRODUCTION = (
    "Tell me in plain words what should happen by itself, for example “monitor Gmail for invoices "
    "and save them to Notion”. I find the MCP servers for it, ask only for the credentials that "
    "are missing, and give you an agent that is ready to run."
)
LANGUAGES = (
    "English is understood best; German, Spanish, French and Chinese requests in simple words are "
    "too."
)
IN_SHORT = f"{LANGUAGES} Short sentences that name the apps help most."
_HELP = (
    f"{INTRODUCTION} An MCP server gives the agent the tools of one app; `GET /api/servers` lists "
    "those that I know. You write no code, and nothing happens until you start the agent."
)
_IDENTITY = (
    "I am Outfitter, a program that plans automations and makes agents for them. What you write is "
    "read by rules in the program itself, and by a language model where its operator has set one. "
    "I know what was said in this conversation and which credentials you have stored. "
    f"{LANGUAGES}"
)
_COST = (
    "The catalogue does not know what the services charge; their own pages say so. The agent works "
    "with a language model under a key of your own, whose maker may charge too. Whether this "
    "service itself costs anything is for whoever runs it to say."
)
_OPERATOR = (
    "I can't say who runs this service or where: I am a program that anybody may run. Whoever gave "
    "you its address answers for it, and for its terms, its support and how it keeps to the law."
)
_DATA = (
    "The agent runs where you start it: what it reads goes to the services of its plan and to the "
    "language model it works with, and not to this service. Kept here are what you write, the plan "
    "and, encrypted, the credentials, until you delete them; nobody else who signs in can see any "
    "of it. What you write also goes to a language model where the operator has set one; secrets "
    "are cut out first. `DELETE /api/sessions/{session_id}` deletes a conversation with its agents."
)
_KEYS = (
    "Credentials are what lets an agent into your apps. They are stored encrypted, for you alone. "
    "They can be replaced, and deleted with "
    "`DELETE /api/credentials/{server}`, but not read back through the chat. The language model "
    "never sees them, and the agent's files refer to them by name only. Please put them into the "
    "`credentials` field, not into the message."
)
_ERASING = (
    "Nothing that is said here deletes credentials. `DELETE /api/credentials/{server}` deletes "
    "those of one server; agents that use them stay, but get no `.env` until the values are given "
    "again."
)
_ACCOUNT = (
    "Signing in and out, passwords and addresses belong to the sign-in service and not to me. Each "
    "user has conversations, agents and credentials of their own, and shares none of them here. "
    "`DELETE /api/account` deletes everything of yours."
)
_LEAVING = (
    "Nothing that is said here deletes your account. `DELETE /api/account` does, with all that you "
    "wrote, stored and made here; what was done stays noted without your name, and what your "
    "agents wrote elsewhere stays there."
)
_AGENTS = (
    "`GET /api/agents` lists your agents, `GET /api/chat/history` the conversations that they came "
    "from. `GET /api/agents/{agent_id}/bundle` is the folder to run; it holds no values, so it "
    "can be handed on, and `POST /api/agents/{agent_id}/env` gives yours. An agent is deleted with "
    "its conversation: `DELETE /api/sessions/{session_id}`."
)
_RUNNING = (
    "The agent runs on a machine of yours, in fast-agent (https://fast-agent.ai) and with a "
    "language model of your choice. It works while you run it; nothing starts it by itself. The "
    "README in its bundle says what to install, how to try it, and how to start it, once or on a "
    "schedule."
)
_SAFETY = (
    "Nothing happens until you start the agent, and it can use the tools that it was given and no "
    "others: those that the steps of the plan need. Say “only read” and it keeps those that change "
    "nothing; say what it must never do, or not without asking you, and that becomes part of its "
    "instructions. What must not happen at all, its keys should not allow."
)
_CHANGING = (
    "Yes. Say here what should be different, at any time: the plan changes, and once its keys are "
    "there the agent gets a new version. “Undo” takes the last change back."
)
_TECHNICAL = (
    "This is a REST API, which `/docs` describes with every field. The program is under the Apache "
    "licence 2.0 and can be run by anybody, without keys and offline too. Its operator sets how "
    "many messages may come in a minute and a day; beyond that an answer says how long to wait."
)

ABOUT_SERVICE: Mapping[str, str] = {
    "account": _ACCOUNT,
    "agents": _AGENTS,
    "changing": _CHANGING,
    "cost": _COST,
    "data": _DATA,
    "erasing": _ERASING,
    "help": _HELP,
    "identity": _IDENTITY,
    "keys": _KEYS,
    "leaving": _LEAVING,
    "operator": _OPERATOR,
    "running": _RUNNING,
    "safety": _SAFETY,
    "technical": _TECHNICAL,
}
