"""Ranking and scoring from the command line, on catalogues of other people."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from programs.processes import PROGRAM, environment, run_command

DATA = Path(__file__).parents[1] / "data/retrieval"
CHESS = "io.github.somebody/chess-coach-with-a-very-long-name"


def rank(
    home: Path, said: str, *options: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """What the command makes of lines on its standard input."""
    return subprocess.run(
        [PROGRAM, "rank", *options],
        input=said,
        env=environment(home, TMPDIR=str(home), **variables),
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=280,
        check=False,
    )


def test_requests_are_answered_by_the_names_of_the_given_catalogue(home: Path) -> None:
    asked = (
        {"id": 1, "query": "which moves were bad in my chess game?"},
        {"id": "two", "query": "find a lentil recipe and send it with Gmail"},
        {"id": "three", "query": ""},
    )
    said = "".join(json.dumps(one) + "\n" for one in asked)
    done = rank(home, said, "--catalogue", str(DATA / "catalogue.jsonl"))

    assert done.returncode == 0, done.stderr
    chess, recipe, silence = map(json.loads, done.stdout.splitlines())
    assert (chess["id"], recipe["id"], silence["id"]) == (1, "two", "three")
    assert chess["servers"][0] == CHESS
    assert "Gmail" in recipe["selected"]
    assert set(recipe["selected"]) <= set(recipe["servers"])
    assert silence["selected"] == []
    assert not list(home.iterdir()), "the scratch database is gone"


@pytest.mark.parametrize(
    "query",
    [
        "x" * 30_000,
        "a," * 10_000,
        "\0 \ud800 chess",
        "' | & ! ( ) :* --",
        "明天的天气怎么样" * 99,
    ],
)
def test_any_text_is_a_request_and_any_name_a_server(query: str, home: Path) -> None:
    names = ["🚀", "天气", "a/b c:d@e (f|g)" + "z" * 300, "  ", "-", "quote's \" \\", "nul\0"]
    lines = [json.dumps({"name": name, "description": None, "tools": None}) for name in names]
    file = home / "catalogue.jsonl"
    file.write_text("\n\n".join([*lines, lines[0]]) + "\n\n", encoding="utf-8")
    said = f"\n{json.dumps({'id': 7, 'query': query, 'any_of': [['🚀']]})}\n  \n"
    done = rank(home, said, "--catalogue", str(file))

    assert done.returncode == 0, done.stderr
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert answer["id"] == 7
    assert set(answer["servers"]) <= set(names)


@pytest.mark.parametrize("name", ["zwölf", "天气"])
def test_a_terminal_that_lacks_a_character_changes_no_answer(name: str, home: Path) -> None:
    file = home / "catalogue.jsonl"
    file.write_text(json.dumps({"name": name, "description": "A chess coach"}), encoding="utf-8")
    said = json.dumps({"id": name, "query": "chess"})
    done = rank(home, said, "--catalogue", str(file), PYTHONIOENCODING="ascii")

    answer = json.loads(done.stdout)
    assert (answer["id"], answer["servers"]) == (name, [name])


def test_without_a_catalogue_the_built_in_one_is_ranked_as_the_service_does(home: Path) -> None:
    message = "monitor Gmail for invoices and save them to Notion"
    done = rank(home, json.dumps({"id": "key", "query": message}))

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert sorted(answer["selected"]) == ["gmail", "notion"]
    assert len(answer["servers"]) == 20


def test_nothing_is_said_where_nothing_is_asked(home: Path) -> None:
    done = rank(home, "", "--catalogue", str(DATA / "catalogue.jsonl"))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_line_that_is_no_request_is_told_in_its_place_and_stops_no_other(home: Path) -> None:
    file = str(DATA / "catalogue.jsonl")
    said = '{"id": 1, "query": "chess"}\nnonsense\n{"id": 1.5}\n{"id": null, "query": "chess"}\n'
    done = rank(home, said, "--catalogue", file)

    assert done.returncode == 1
    first, torn, short, last = map(json.loads, done.stdout.splitlines())
    assert (first["id"], last["id"]) == (1, None)
    assert first["servers"][0] == last["servers"][0] == CHESS
    assert torn == {"id": None, "servers": [], "selected": [], "error": "line 2: not JSON"}
    assert (short["id"], short["error"]) == (1.5, "line 3: query: Field required")
    assert "Traceback" not in done.stderr


def test_requests_are_utf_8_whatever_the_terminal_speaks(home: Path) -> None:
    said = '{"id": 1, "query": "caf\udce9"}\n{"id": 2, "query": "chess, naïvely"}\n'
    file = str(DATA / "catalogue.jsonl")
    done = rank(home, said, "--catalogue", file, PYTHONIOENCODING="utf-8:strict")

    assert "Traceback" not in done.stderr
    torn, sound = map(json.loads, done.stdout.splitlines())
    assert torn == {"id": None, "servers": [], "selected": [], "error": "line 1: not UTF-8"}
    assert sound["servers"][0] == CHESS


@pytest.mark.parametrize("asked", [1, 2_000], ids=["while it waits", "while it answers"])
@pytest.mark.parametrize(
    ("number", "ends"),
    [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 128 + signal.SIGINT)],
    ids=["SIGTERM", "Ctrl-C"],
)
def test_a_command_that_is_stopped_leaves_nothing_behind(
    home: Path, number: signal.Signals, ends: int, asked: int
) -> None:
    process = subprocess.Popen(
        [PROGRAM, "rank", "--catalogue", str(DATA / "catalogue.jsonl")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home, TMPDIR=str(home)),
        cwd=home,
        # Whoever started the tests in the background may have had it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write('{"id": 1, "query": "chess"}\n' * asked)
    process.stdin.flush()
    assert process.stdout.readline()
    assert list(home.iterdir())

    process.send_signal(number)
    # What is left to ask stays where it is: closing standard input would end the command too.
    process.stdout.read()
    assert process.stderr is not None
    said = process.stderr.read()

    with process:
        assert (process.wait(60), said) == (ends, "")
    assert not list(home.iterdir()), "the scratch database is gone"


def test_a_set_is_scored_as_a_table_and_as_json(home: Path) -> None:
    report = home / "report.json"
    done = run_command(home, "eval", str(DATA), "--distractors", "2", "--json", str(report))

    assert done.returncode == 0, done.stderr
    for measure in ("recall@1", "all@10", "nDCG@10", "F1", "abstention", "ms, 95 %"):
        assert measure in done.stdout
    result = json.loads(report.read_text(encoding="utf-8"))
    assert (result["servers"], result["requests"], result["negatives"]) == (7, 4, 1)
    assert result["recall_at"]["5"] >= 0.9
    assert result["abstention"] == 1
    answers = {one["id"]: one for one in result["answers"]}
    assert answers["r-2"]["servers"][0] == CHESS
    assert answers["r-3"]["needs"] == [["recipes"], ["Gmail"]]


def test_a_report_holds_whatever_a_request_is_called(home: Path) -> None:
    folder = home / "set"
    folder.mkdir()
    name = "天气 & chess"
    server = {"name": name, "description": "Analyse chess games"}
    asked = {"id": "\ud800", "query": "my chess game", "servers": [name]}
    (folder / "catalogue.jsonl").write_text(json.dumps(server), encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps(asked), encoding="utf-8")
    report = home / "report.json"
    done = run_command(home, "eval", str(folder), "--json", str(report))

    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(report.read_text(encoding="utf-8"))["answers"]
    assert (answer["id"], answer["servers"]) == ("\ud800", [name])


def test_a_folder_that_is_no_set_is_told_in_one_line(home: Path) -> None:
    done = run_command(home, "eval", str(home))

    assert done.returncode == 2
    assert "queries.jsonl" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_report_that_cannot_be_written_is_told_before_the_work(home: Path) -> None:
    done = run_command(home, "eval", str(DATA), "--json", "nowhere/report.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "nowhere/report.json: No such file or directory"
