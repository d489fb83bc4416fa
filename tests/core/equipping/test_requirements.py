"""What is asked of a user, what is not, and which values are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import (
    AIRTABLE,
    CATALOGUE,
    EVERYTHING,
    FIGMA,
    FILESYSTEM,
    GMAIL,
    NOTION,
    SLACK,
    a_server,
    an_input,
)
from outfitter.core.catalogue import Access, RemoteTemplate, Server
from outfitter.core.equipping.requirements import (
    Stored,
    badly_written,
    fitting,
    misleading,
    missing,
    out_of_reach,
    takes_the_same,
    unknown,
)
from outfitter.core.plan import Step


def _keys(stored: Stored, *names: str) -> list[tuple[str, str]]:
    servers = [CATALOGUE[name] for name in names]
    return [(one.mcp_server, one.credential_key) for one in missing(servers, stored)]


def test_a_missing_credential_is_asked_once_with_all_its_steps_and_its_link() -> None:
    (asked,) = missing([NOTION, NOTION], {})
    assert asked.mcp_server == "notion"
    assert asked.credential_key == "NOTION_TOKEN"
    assert asked.description == "Internal integration secret"
    assert asked.instructions == NOTION.steps
    assert asked.obtain_url == "https://www.notion.so/profile/integrations"
    assert asked.secret


def test_a_credential_that_is_had_elsewhere_than_the_others_is_asked_with_its_own_link() -> None:
    own = "https://www.notion.so/elsewhere"
    token = NOTION.inputs[0].model_copy(update={"obtain_url": own})
    (asked,) = missing([NOTION.model_copy(update={"inputs": (token,)})], {})
    assert asked.obtain_url == own


def test_credentials_are_asked_in_the_order_of_servers_and_inputs() -> None:
    assert _keys({}, "notion", "gmail") == [
        ("notion", "NOTION_TOKEN"),
        ("gmail", "EMAIL_ADDRESS"),
        ("gmail", "EMAIL_PASSWORD"),
    ]


def test_what_is_stored_is_not_asked_again() -> None:
    stored = {"gmail": frozenset({"EMAIL_ADDRESS"}), "notion": frozenset({"NOTION_TOKEN"})}
    assert _keys(stored, "notion", "gmail") == [("gmail", "EMAIL_PASSWORD")]


def test_a_key_stored_for_one_server_is_not_taken_for_another() -> None:
    assert _keys({"airtable": frozenset({"NOTION_TOKEN"})}, "notion") == [
        ("notion", "NOTION_TOKEN")
    ]


def test_a_plain_value_is_marked_as_no_secret() -> None:
    assert [one.secret for one in missing([GMAIL], {})] == [False, True]


def test_open_and_signed_in_servers_ask_nothing() -> None:
    assert missing([FILESYSTEM, FIGMA], {}) == ()


def test_a_signed_in_server_still_asks_for_what_it_requires() -> None:
    client = a_server("drive", an_input("CLIENT_ID", secret=False), access=Access.SIGN_IN)
    assert [one.credential_key for one in missing([client], {})] == ["CLIENT_ID"]


def test_a_file_is_asked_for_only_when_it_has_no_usual_place() -> None:
    usual = an_input("KUBECONFIG", default="~/.kube/config", secret=False)
    account = an_input("SERVICE_ACCOUNT_FILE", secret=False)
    server = a_server("cluster", usual, account, access=Access.FILE)
    assert [one.credential_key for one in missing([server], {})] == ["SERVICE_ACCOUNT_FILE"]


def test_the_first_of_several_ways_in_is_asked() -> None:
    assert _keys({}, "slack") == [("slack", "SLACK_BOT_TOKEN")]


def test_the_first_way_in_is_asked_also_where_another_is_shorter() -> None:
    inputs = [an_input(key, required=False) for key in ("LOGIN", "WORD", "TOKEN")]
    server = a_server("jira", *inputs, require_any=(("LOGIN", "WORD"), ("TOKEN",)))
    assert [one.credential_key for one in missing([server], {})] == ["LOGIN", "WORD"]


def test_a_way_in_that_was_begun_is_finished() -> None:
    stored = {"slack": frozenset({"SLACK_COOKIE"})}
    assert _keys(stored, "slack") == [("slack", "SLACK_SESSION")]


def test_one_complete_way_in_is_enough() -> None:
    assert _keys({"slack": frozenset({"SLACK_BOT_TOKEN"})}, "slack") == []
    assert _keys({"slack": frozenset({"SLACK_COOKIE", "SLACK_SESSION"})}, "slack") == []


def test_the_way_in_furthest_begun_is_the_one_finished() -> None:
    inputs = [an_input(key, required=False) for key in ("URL", "TOKEN", "LOGIN", "WORD")]
    ways = (("URL", "TOKEN"), ("URL", "LOGIN", "WORD"))
    server = a_server("jira", *inputs, require_any=ways)
    asked = missing([server], {"jira": frozenset({"URL", "LOGIN"})})
    assert [one.credential_key for one in asked] == ["WORD"]


def _asked_of_wiki(*texts: str, stored: frozenset[str] = frozenset()) -> list[str]:
    keys = ("TASKS_URL", "TASKS_TOKEN", "WIKI_URL", "WIKI_TOKEN", "WIKI_LOGIN")
    ways = (("TASKS_URL", "TASKS_TOKEN"), ("WIKI_URL", "WIKI_TOKEN"), ("WIKI_URL", "WIKI_LOGIN"))
    inputs = [an_input(key, required=False) for key in keys]
    server = a_server("suite", *inputs, title="Tasks and Wiki", require_any=ways)
    steps = [Step(text=text, server="suite") for text in texts]
    return [one.credential_key for one in missing([server], {"suite": stored}, steps)]


def test_the_way_in_is_asked_that_is_for_what_the_steps_speak_of() -> None:
    tasks, wiki = ["TASKS_URL", "TASKS_TOKEN"], ["WIKI_URL", "WIKI_TOKEN"]
    assert _asked_of_wiki("write it to the wiki") == wiki
    assert _asked_of_wiki("write it to the wiki", "open a task in Tasks") == tasks + wiki
    assert _asked_of_wiki("write it down") == tasks
    # A title tells all that a server is for.
    assert _asked_of_wiki("write it to Tasks and Wiki") == tasks


def test_a_way_in_that_is_open_does_for_nothing_else() -> None:
    tasks = frozenset({"TASKS_URL", "TASKS_TOKEN"})
    assert _asked_of_wiki("write it to the wiki", stored=tasks) == ["WIKI_URL", "WIKI_TOKEN"]
    assert _asked_of_wiki("write it down", stored=tasks) == []
    begun = frozenset({"WIKI_LOGIN"})
    assert _asked_of_wiki("write it to the wiki", stored=begun) == ["WIKI_URL"]


def test_what_all_ways_in_are_for_tells_none_of_them_apart() -> None:
    ways = (("SUITE_TASKS_URL", "SUITE_TASKS_TOKEN"), ("SUITE_WIKI_URL", "SUITE_WIKI_TOKEN"))
    inputs = [an_input(key, required=False) for way in ways for key in way]
    server = a_server("suite", *inputs, title="Atlas", require_any=ways)
    steps = [Step(text="look into the suite", server="suite")]
    assert [one.credential_key for one in missing([server], {}, steps)] == [*ways[0]]


def test_a_default_completes_a_way_in() -> None:
    inputs = [an_input("TOKEN", required=False), an_input("HOST", default="here", required=False)]
    server = a_server("metrics", *inputs, require_any=(("HOST", "TOKEN"),))
    assert [one.credential_key for one in missing([server], {})] == ["TOKEN"]


@given(st.sets(st.sampled_from(sorted(CATALOGUE))), st.data())
def test_bringing_what_is_asked_leaves_nothing_to_ask(names: set[str], data: st.DataObject) -> None:
    chosen = [one for one in EVERYTHING if one.name in names]
    stored = {}
    for one in chosen:
        keys = st.sampled_from([each.key for each in one.inputs] or ["NONE"])
        stored[one.name] = data.draw(st.frozensets(keys))
    pairs = [(one.mcp_server, one.credential_key) for one in missing(chosen, stored)]
    assert len(pairs) == len(set(pairs))
    for server, key in pairs:
        stored[server] |= {key}
    assert missing(chosen, stored) == ()


@pytest.mark.proves("R-47")
def test_an_unknown_server_is_named() -> None:
    assert unknown({"notoin": {"NOTION_TOKEN": "x"}}, CATALOGUE) == (
        'The catalogue has no server called "notoin"; write it as `mcp_server` or the plan does.'
    )


@pytest.mark.proves("R-47")
def test_an_unknown_key_is_named_with_those_that_are_known() -> None:
    said = unknown({"notion": {"TOKEN": "x"}}, CATALOGUE)
    assert said == 'Notion takes no credential called "TOKEN"; it takes NOTION_TOKEN.'
    assert unknown({"figma": {"TOKEN": "x"}}, CATALOGUE) == (
        'Figma takes no credential called "TOKEN"; it takes none.'
    )


def test_known_credentials_are_no_complaint() -> None:
    brought = {"notion": {"NOTION_TOKEN": "x"}, "slack": {"SLACK_LIMIT": "5"}}
    assert unknown(brought, CATALOGUE) is None
    assert unknown({}, CATALOGUE) is None


@pytest.mark.proves("R-52")
def test_a_value_in_a_hosts_name_stays_a_part_of_it() -> None:
    home = RemoteTemplate(transport="http", url="https://${SHOP}.example.com/${PAGE}")
    shop = a_server("shop", an_input("SHOP"), an_input("PAGE"), template=home)

    def said(key: str, value: str) -> str | None:
        return misleading({"shop": {key: value}}, {"shop": shop})

    for value in ("evil.test/#", "x@evil.test/", "127.0.0.1:80/?", "evil.test\\", "{x.__class__}"):
        assert said("PAGE", value) is None
        assert value not in (said("SHOP", value) or value)
    assert said("SHOP", "my-shop") is None


def test_a_name_from_outside_is_cut_and_cleaned_before_it_is_repeated() -> None:
    said = unknown({"a\x00\n\x1b[31m" + "b" * 500: {}}, CATALOGUE) or ""
    assert said.isprintable()
    assert len(said) < 160


@pytest.mark.proves("R-36", "R-48")
@pytest.mark.parametrize(
    "value",
    [
        "",
        "  \t",
        "a${HOME}b",
        "two\nlines",
        "two\rlines",
        "two\u2028lines",
        "two\u2029lines",
        "two\x85lines",
        "nul\0",
        "bell\x07",
        "unit\x1f",
        "del\x7f",
        "csi\x9b",
        "\ud800",
        "ntn_\u200babc",
        "\u202antn_abc\u202c",
        "\ufeffntn_abc",
        "x" * 8193,
    ],
)
def test_a_value_that_would_break_a_setting_is_refused_and_never_shown(value: str) -> None:
    said = badly_written({"notion": {"NOTION_TOKEN": value}})
    assert said is not None
    assert said.startswith('The value of "NOTION_TOKEN" for "notion" ')
    assert not value.strip() or value not in said


@pytest.mark.proves("R-48")
@pytest.mark.parametrize(
    "value",
    [
        "ntn_abc",
        "$HOME",
        "a b c",
        "x" * 8192,
        '{"type": "service_account"}',
        "päss wörd",
        "\U0001f468\u200d\U0001f469",
    ],
)
def test_an_ordinary_value_is_taken(value: str) -> None:
    assert badly_written({"airtable": {AIRTABLE.inputs[0].key: value}}) is None


LINEAR_KEY = an_input("LINEAR_KEY").model_copy(update={"format": "^lin_api_"})
WAITING = {
    "notion": a_server(
        "notion", an_input("NOTION_TOKEN").model_copy(update={"format": "^(ntn_|secret_)"})
    ),
    "linear": a_server("linear", LINEAR_KEY, an_input("LINEAR_TEAM")),
    "linear-old": a_server("linear-old", LINEAR_KEY),
}


def _fitting(values: list[str], *names: str) -> list[str]:
    waiting = missing([WAITING[name] for name in names], {})
    return [one.credential_key for one in fitting(values, waiting, WAITING)]


def test_a_value_is_for_the_one_waiting_input_whose_format_it_has() -> None:
    assert _fitting(["ntn_abc"], "notion", "linear") == ["NOTION_TOKEN"]
    both = _fitting(["lin_api_x", "ntn_abc", "ntn_def"], "notion", "linear")
    assert both == ["LINEAR_KEY", "NOTION_TOKEN"]
    waiting = missing([WAITING["notion"]], {})
    assert fitting(["hunter2", "ntn_abc", "ntn_def"], waiting, WAITING) == {waiting[0]: 1}


def test_a_value_that_fits_no_input_or_several_is_for_none() -> None:
    assert _fitting(["hunter2"], "notion", "linear") == []
    assert _fitting(["lin_api_x"], "linear", "linear-old") == []
    assert _fitting(["ntn_abc"], "linear") == []


def test_more_than_fifty_values_are_refused() -> None:
    many = {"slack": {f"KEY_{place}": "x" for place in range(51)}}
    assert badly_written(many) == "At most 50 credential values can be given at once."
    assert SLACK.input("KEY_1") is None


@pytest.mark.timeout(10)
def test_the_format_of_a_server_that_nobody_looked_through_claims_no_value() -> None:
    token = NOTION.inputs[0].model_copy(update={"format": "^(a|a)*$", "key": "TOKEN"})
    strange = a_server("strange", token, reviewed=False)
    waiting = missing([strange], {})

    assert fitting(["a" * 200 + "!", "aaaa"], waiting, {"strange": strange}) == {}


def test_only_reviewed_servers_take_what_another_is_given() -> None:
    copied = NOTION.model_copy(update={"name": "strange", "reviewed": False})

    assert takes_the_same(copied, copied.inputs[0], NOTION) is False
    assert takes_the_same(NOTION, NOTION.inputs[0], copied) is False
    assert takes_the_same(NOTION, NOTION.inputs[0], NOTION) is True


def test_values_that_are_had_nowhere_are_not_the_same() -> None:
    one, other = (a_server(name, an_input("TOKEN", "A token")) for name in ("one", "other"))

    assert takes_the_same(one, one.inputs[0], other) is False


def _suite(*tools: str) -> Server:
    ways = (("TASKS_URL", "TASKS_TOKEN"), ("WIKI_URL", "WIKI_TOKEN"))
    inputs = [an_input(key, required=False) for way in ways for key in way]
    return a_server("suite", *inputs, require_any=ways, tools=tools)


def test_tools_called_after_a_way_in_that_was_not_taken_are_out_of_reach() -> None:
    suite = _suite("tasks_search", "wiki_search", "wiki_create_page", "whoami")
    tasks, wiki = ({f"{one}_URL", f"{one}_TOKEN"} for one in ("TASKS", "WIKI"))

    assert out_of_reach(suite, frozenset(tasks)) == {"wiki_search", "wiki_create_page"}
    assert out_of_reach(suite, frozenset(wiki)) == {"tasks_search"}
    assert out_of_reach(suite, frozenset(tasks | wiki)) == frozenset()


def test_where_not_all_ways_in_have_tools_of_their_own_none_is_out_of_reach() -> None:
    assert out_of_reach(_suite("search", "wiki_search"), frozenset()) == frozenset()
    assert out_of_reach(NOTION, frozenset()) == frozenset()
