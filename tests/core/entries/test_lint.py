"""What is found wrong in a catalogue entry."""

import pytest

from outfitter.core.catalogue import (
    Access,
    Input,
    Place,
    Probe,
    RemoteTemplate,
    Server,
    StdioTemplate,
    Tool,
)
from outfitter.core.entries.lint import Kind, complaints, looks_secret

TOKEN = Input(key="NOTES_TOKEN", place=Place.ENV, description="The token")
CLEAN = Server(
    name="notes",
    title="Notes",
    description="Keeps notes.",
    version="1.2.3",
    service="notes",
    category="notes",
    publisher="tests",
    tools=(Tool(name="add"),),
    template=StdioTemplate(
        command="npx", args=("-y", "notes@1.2.3"), env={"NOTES_TOKEN": "${NOTES_TOKEN}"}
    ),
    inputs=(TOKEN,),
    access=Access.PASTE,
    steps=("Make a token",),
    obtain_url="https://notes.example.org/tokens",
    probe=Probe(tool="add"),
)


def changed(**fields: object) -> str:
    """What is said about the clean server when some of its fields are others."""
    return "\n".join(map(str, complaints(CLEAN.model_copy(update=fields))))


def started(command: str, *args: str, **env: str) -> StdioTemplate:
    """Another way to start the clean server."""
    return StdioTemplate(command=command, args=args, env={"NOTES_TOKEN": "${NOTES_TOKEN}", **env})


def launched(command: str, *args: str, **env: str) -> str:
    """What is said about the clean server when it is started another way."""
    return changed(template=started(command, *args, **env))


def reached(url: str, **headers: str) -> str:
    """What is said about a hosted server at that address."""
    inputs = (TOKEN.model_copy(update={"place": Place.URL}),)
    template = RemoteTemplate(transport="http", url=url, headers=headers)
    return changed(template=template, inputs=inputs)


def test_a_clean_entry_draws_no_complaint() -> None:
    assert complaints(CLEAN) == ()


@pytest.mark.parametrize("name", ["OTHER", "OTHER:-x", "input:x", ""])
def test_a_placeholder_nobody_fills_is_found(name: str) -> None:
    said = launched("npx", "-y", "notes@1.2.3", f"${{{name}}}")
    assert f"template: The template of notes reads {name}, no input of it." in said


def test_a_default_that_reads_a_variable_is_found() -> None:
    told = TOKEN.model_copy(update={"secret": False, "required": False, "default": "${HOME}"})
    assert "reads HOME, no input of it" in changed(inputs=(told,))


def test_an_input_nobody_uses_is_found() -> None:
    other = Input(key="OTHER", place=Place.ENV, description="Another")
    assert "inputs.OTHER: the template never uses it" in changed(inputs=(TOKEN, other))


def test_an_input_used_in_another_place_is_found() -> None:
    moved = TOKEN.model_copy(update={"place": Place.ARG})
    assert "never uses it in arg" in changed(inputs=(moved,))


def test_a_key_declared_twice_is_found() -> None:
    assert "inputs.NOTES_TOKEN: declared 2 times" in changed(inputs=(TOKEN, TOKEN))


def test_an_alternative_without_input_is_found() -> None:
    assert "require_any: OTHER is not an input" in changed(require_any=(("OTHER",),))


def test_a_secret_that_is_not_marked_is_found() -> None:
    plain = TOKEN.model_copy(update={"secret": False})
    assert "looks like a secret" in changed(inputs=(plain,))


@pytest.mark.parametrize(
    "key",
    "AWS_SECRET_ACCESS_KEY STRIPE_SECRET_KEY ENCRYPTION_KEY KEY_PASSPHRASE GITHUB_PAT TOKENS"
    " AUTHORIZATION GITHUB_TOKEN_2 DB_PWD SSL_PRIVATE_KEY".split(),
)
def test_a_name_that_only_secrets_have_looks_secret(key: str) -> None:
    assert looks_secret(key)


@pytest.mark.parametrize(
    "key", "AWS_ACCESS_KEY_ID PUBLIC_KEY JIRA_PROJECT_KEY CLIENT_ID TOKEN_URL PATH COMPAT".split()
)
def test_a_name_that_other_values_have_does_not_look_secret(key: str) -> None:
    assert not looks_secret(key)


def test_a_secret_with_a_default_is_found() -> None:
    given = TOKEN.model_copy(update={"default": "1234"})
    assert "a secret has no default" in changed(inputs=(given,))


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("npx", ("-y", "notes")),
        ("npx", ("-y", "notes@latest")),
        ("npx", ("-y", "@scope/notes")),
        ("npx", ("-y", "notes@^1.2.3")),
        ("npx", ("-y", "notes@1")),
        ("npx", ("-y", "notes@1.2")),
        ("npx", ("-y", "notes@1.2.x")),
        ("npx", ("-y", "-p", "notes", "run")),
        ("npx", ("-y", "-p", "notes@1.2.3", "-p", "other", "run")),
        ("uvx", ("notes",)),
        ("uvx", ("--from", "notes>=1", "notes")),
        ("uvx", ("--with", "mcp<2", "--from", "notes", "notes")),
        ("docker", ("run", "-i", "ghcr.io/example/notes:latest")),
        ("docker", ("run", "-i", "ghcr.io/example/notes")),
        ("docker", ("run", "-e", "X=a/b:1.0", "notes")),
    ],
)
def test_what_is_not_pinned_is_found(command: str, args: tuple[str, ...]) -> None:
    assert "is not pinned" in launched(command, *args)


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("npx", ("-y", "@scope/notes@1.2.3-beta.1")),
        ("npx", ("-y", "-p", "notes@1.2.3", "run")),
        ("uvx", ("notes==1.2.3",)),
        ("uvx", ("notes==1.2.3-beta.1",)),
        ("uvx", ("--with", "mcp<2", "--from", "notes[all]==1.2", "notes")),
        ("docker", ("run", "-i", "ghcr.io/example/notes:v1.2")),
        ("docker", ("run", "--network", "host", "-v", "/data:/data", "notes:1.2")),
        ("docker", ("run", "-i", "ghcr.io/example/notes@sha256:" + "0" * 64)),
        ("node", ("server.js",)),
    ],
)
def test_what_is_pinned_passes(command: str, args: tuple[str, ...]) -> None:
    assert launched(command, *args) == ""


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "package"),
    [
        *(
            ("npx", one)
            for one in ("https://evil.example/a@1.0.0", "github:a/b@1", "./a@1", "a/b@1")
        ),
        *(
            ("uvx", one)
            for one in ("git+https://evil.example/a@1", "./a", "a@https://evil.example")
        ),
        ("docker", "--privileged"),
    ],
)
def test_a_package_that_is_not_a_name_is_found(command: str, package: str) -> None:
    verb = ("run",) if command == "docker" else ()
    assert f"{package} is not the name of a package" in launched(command, *verb, "--", package)


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "args"),
    [("docker", ("exec", "-i", "a/b:1.0")), ("docker", ("run", "-e", "a:1")), ("npx", ("-y",))],
)
def test_a_runner_that_is_told_no_package_is_found(command: str, args: tuple[str, ...]) -> None:
    assert f"nothing says what {command} starts" in launched(command, *args)


@pytest.mark.proves("R-49")
def test_an_unknown_command_is_found() -> None:
    assert "bash is not a known runner" in launched("bash", "-c", "true")


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    "name",
    [
        *("LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "PATH", "HOME", "ENV", "BASH_ENV"),
        *("NODE_OPTIONS", "node_options", "NODE_PATH", "NODE_EXTRA_CA_CERTS"),
        *("PYTHONPATH", "PYTHONSTARTUP", "PERL5OPT", "RUBYOPT", "SSL_CERT_FILE"),
        *("JAVA_TOOL_OPTIONS", "DOTNET_STARTUP_HOOKS", "GIT_SSH_COMMAND", "HTTPS_PROXY"),
        *("npm_config_registry", "PIP_INDEX_URL", "UV_INDEX_URL", "XDG_CONFIG_HOME"),
        *("BROWSER", "CC", "MAKEFLAGS", "JDK_JAVA_OPTIONS", "OPENSSL_CONF", "GCONV_PATH"),
        *("LD_AUDIT", "PYTHONHOME", "PYTHONBREAKPOINT", "PERL5LIB", "PERL5DB", "RUBYLIB"),
        *("NODE_REPL_EXTERNAL_MODULE", "NODE_TLS_REJECT_UNAUTHORIZED", "LUA_INIT", "_JAVA_OPTIONS"),
        *("HTTP_PROXY", "all_proxy", "IFS", "SHELL", "CXX", "LDSHARED", "XDG_CONFIG_DIRS"),
        *("OPENSSL_ENGINES", "OPENSSL_MODULES", "SSL_CERT_DIR", "PIP_EXTRA_INDEX_URL"),
    ],
)
def test_a_variable_that_changes_what_is_started_is_found(name: str) -> None:
    said = launched("npx", "-y", "notes@1.2.3", **{name: "x"})
    assert f"template.env.{name}" in said


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(("command", "name"), [("docker", "docker_host"), ("bunx", "BUN_CONFIG")])
def test_a_variable_that_its_own_runner_reads_is_found(command: str, name: str) -> None:
    assert f"template.env.{name}" in launched(command, **{name: "x"})
    assert launched("npx", "-y", "notes@1.2.3", **{name: "x"}) == ""


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        (("-e", "NODE_OPTIONS=--import=./x.mjs"), "NODE_OPTIONS: could change what is started"),
        (("-ie", "LD_PRELOAD=/x.so"), "LD_PRELOAD: could change what is started"),
        (("-e", "${NOTES_TOKEN}=x"), "${NOTES_TOKEN}: is not the name of a variable"),
        (("-e", "HOST_KEY"), "HOST_KEY: passes on a variable that nobody declares"),
        (("-eHOST_KEY",), "HOST_KEY: passes on a variable that nobody declares"),
        (("--env=HOST_KEY",), "HOST_KEY: passes on a variable that nobody declares"),
    ],
)
def test_a_variable_that_a_container_is_given_otherwise_is_found(
    flags: tuple[str, ...], complaint: str
) -> None:
    assert f"template.args.{complaint}" in launched("docker", "run", "-i", *flags, "a/b:1.0")


def test_a_variable_that_is_set_for_a_container_or_declared_passes() -> None:
    given = ("-e", "MODE=stdio", "-e", "NOTES_TOKEN")
    assert launched("docker", "run", "-i", *given, "a/b:1.0") == ""


@pytest.mark.proves("R-49")
@pytest.mark.parametrize("name", ["A-B", "1A", "A B", "A=B", "__proto__\n", "A" * 65])
def test_what_is_no_name_of_a_variable_is_found(name: str) -> None:
    assert "is not the name of a variable" in launched("npx", "-y", "notes@1.2.3", **{name: "x"})


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "flag"),
    [
        *(("node", flag) for flag in ("-e", "--eval=1", "-r", "--require", "--import=./evil.mjs")),
        *(("python", flag) for flag in ("-c", "-cprint(1)", "-m")),
        ("python3", "-c"),
    ],
)
def test_an_option_that_brings_its_own_code_is_found(command: str, flag: str) -> None:
    assert f"{flag} comes before what {command} starts" in launched(command, flag, "1")


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("npx", ("-y", "-p", "notes@1.2.3", "sh", "-c", "1")),
        ("npx", ("-y", "-p", "notes@1.2.3", "npx", "other")),
        ("npx", ("-y", "-p", "notes@1.2.3", "../x/notes")),
        ("npx", ("-y", "node@20.0.0", "-e", "1")),
        ("bunx", ("-p", "notes@1.2.3", "bash", "-lc", "1")),
        ("uvx", ("--from", "notes==1.2.3", "python3.12", "-c", "1")),
        ("uvx", ("--from", "notes==1.2.3", "Python.exe", "-c", "1")),
        ("uvx", ("python@3.12", "-c", "1")),
    ],
)
def test_a_program_that_starts_what_is_written_behind_it_is_found(
    command: str, args: tuple[str, ...]
) -> None:
    assert "may start anything" in launched(command, *args)


@pytest.mark.parametrize("program", ["notes", "notes.run", "pythonic-notes", "node-notes", "shell"])
def test_a_program_inside_a_package_passes(program: str) -> None:
    assert launched("npx", "-y", "-p", "notes@1.2.3", program) == ""


@pytest.mark.proves("R-49")
@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("npx", ("-y", "${NOTES_TOKEN}@1.2.3")),
        ("npx", ("-y", "-p", "notes@1.2.3", "${NOTES_TOKEN}")),
        ("uvx", ("--from", "${NOTES_TOKEN}==1", "notes")),
        ("node", ("${NOTES_TOKEN}",)),
        ("${NOTES_TOKEN}", ()),
    ],
)
def test_a_placeholder_that_decides_what_is_started_is_found(
    command: str, args: tuple[str, ...]
) -> None:
    assert "a placeholder decides what is started" in launched(command, *args)


@pytest.mark.parametrize("name", ["NODE_ENV", "GITHUB_TOKEN", "HOMEPAGE", "LDAP_URL", "PYTHONUTF8"])
def test_a_variable_that_only_looks_alike_passes(name: str) -> None:
    assert launched("npx", "-y", "notes@1.2.3", **{name: "x"}) == ""


@pytest.mark.proves("R-49", "R-52")
@pytest.mark.parametrize(
    "url",
    [
        "http://notes.example.org/mcp?key=${NOTES_TOKEN}",
        "https://${NOTES_TOKEN}/mcp",
        "https://${NOTES_TOKEN}.org/mcp",
        "https://user@notes.example.org/${NOTES_TOKEN}",
        "https://notes..example.org/${NOTES_TOKEN}",
        "https://.example.org/${NOTES_TOKEN}",
        "https://-notes.example.org/${NOTES_TOKEN}",
        "https://notes.example.org/%zz/${NOTES_TOKEN}",
    ],
)
def test_an_address_that_could_lead_astray_is_found(url: str) -> None:
    assert "template.url" in reached(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://notes.example.org/mcp?key=${NOTES_TOKEN}",
        "https://${NOTES_TOKEN}.example.org/mcp",
        "http://127.0.0.1:3000/mcp?key=${NOTES_TOKEN}",
        "http://[::1]:3000/mcp?key=${NOTES_TOKEN}",
        "https://mcp:8443/%20?key=${NOTES_TOKEN}",
    ],
)
def test_a_sound_address_passes(url: str) -> None:
    assert reached(url) == ""


@pytest.mark.parametrize("url", ["${NOTES_TOKEN}/mcp", "notes.example.org/${NOTES_TOKEN}", ""])
def test_what_is_no_address_is_found(url: str) -> None:
    assert "template.url" in reached(url)


@pytest.mark.proves("R-52")
@pytest.mark.parametrize(
    "name",
    "Host host Content-Length Transfer-Encoding Proxy-Authorization Forwarded X-Forwarded-Host"
    " Connection Upgrade TE".split(),
)
def test_a_header_that_decides_who_receives_a_request_is_found(name: str) -> None:
    said = reached("https://notes.example.org/mcp?${NOTES_TOKEN}", **{name: "evil.example"})
    assert f"template.headers.{name}: could change who is called" in said


def test_a_header_has_a_name_that_headers_can_have() -> None:
    url = "https://notes.example.org/mcp?key=${NOTES_TOKEN}"
    assert reached(url, **{"X-Notes_Version": "1"}) == ""
    for name in ("", "X Notes", "X-Notes:", "X-Notes\r\nHost", "X-Nötes"):
        assert "no header can have" in reached(url, **{name: "1"})


def test_a_sign_that_nobody_sees_is_found() -> None:
    unseen = "holds a character that cannot be shown"
    assert unseen in launched("npx", "-y", "notes@1.2.3", "--to=\u202eevil")
    hidden = TOKEN.model_copy(update={"secret": False, "default": "a\u200bb"})
    assert unseen in changed(inputs=(hidden,))


@pytest.mark.parametrize(
    "link",
    [
        "http://notes.example.org",
        "https://notes.example.org/my keys",
        "https://notes.example.org/${TOKEN}",
        "https://notes",
        "https://..org",
        "https://notes..example.org",
        "https://-notes.example.org",
        "https://" + 64 * "n" + ".example.org",
        "https://127.0.0.1/keys",
        "https://notes.example.org/%zz",
    ],
)
def test_a_link_that_is_no_https_page_is_found(link: str) -> None:
    assert "obtain_url: not an https link" in changed(obtain_url=link)
    token = TOKEN.model_copy(update={"obtain_url": link})
    assert "inputs.NOTES_TOKEN.obtain_url: not an https link" in changed(inputs=(token,))


@pytest.mark.parametrize(
    "link",
    [
        "https://notes.example.org:8443/keys",
        "https://Notes.Example.ORG/my%20keys",
        "https://xn--e1afmkfd.xn--p1ai/",
    ],
)
def test_a_page_on_any_host_and_port_is_a_link(link: str) -> None:
    assert changed(obtain_url=link) == ""


def test_a_tool_name_that_would_be_cut_is_found() -> None:
    long = Tool(name="a" * 60)
    assert "longer than 64" in changed(tools=(long,), probe=None)


def test_the_tools_with_long_names_are_told_in_the_order_of_the_entry() -> None:
    tools = tuple(Tool(name=f"{letter}_{'x' * 64}") for letter in "qazwsxedcrfv")
    told = changed(tools=tools, probe=None).splitlines()
    assert [line.partition(":")[0] for line in told] == [f"tools.{one.name}" for one in tools]


def test_a_tool_listed_twice_is_found() -> None:
    assert "tools.add: listed 2 times" in changed(tools=(Tool(name="add"), Tool(name="add")))


def test_a_probe_of_another_tool_is_found() -> None:
    assert "probe.tool: other" in changed(probe=Probe(tool="other"))


def test_a_way_in_that_nobody_tells_is_found() -> None:
    assert "steps: nothing says how to get in" in changed(steps=())
    assert "access: open, but something must be given" in changed(access=Access.OPEN)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"template": started("bash", "-c", "true")}, Kind.UNSAFE),
        ({"template": started("npx", "-y", "notes")}, Kind.UNPINNED),
        ({"steps": ()}, Kind.UNTIDY),
    ],
)
def test_a_complaint_says_what_it_means_beside_its_words(
    fields: dict[str, object], kind: Kind
) -> None:
    assert [one.kind for one in complaints(CLEAN.model_copy(update=fields))] == [kind]
