"""The contract as people read it: a page of the service's own."""

import re

from api import Api

ELSEWHERE = re.compile(r"(?:src|href)=\"((?:https?:)?//[^\"]*)\"")
PARTS = re.compile(r"(?:src|href)=\"([^\":]+)\"")


async def test_the_page_is_whole_where_no_other_host_can_be_reached(api: Api) -> None:
    page = await api.client.get("/docs")

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert ELSEWHERE.findall(page.text) == []
    parts = PARTS.findall(page.text)
    assert {"docs/swagger-ui-bundle.js", "docs/swagger-ui.css", "openapi.json"} <= set(parts)
    for one in parts:
        answer = await api.client.get(f"/{one}")
        assert answer.status_code == 200, one
        assert answer.content


async def test_a_part_that_the_reader_has_already_is_not_sent_again(api: Api) -> None:
    for path in ("/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js"):
        first = await api.client.get(path)
        again = await api.client.get(path, headers={"If-None-Match": first.headers["etag"]})
        other = await api.client.get(path, headers={"If-None-Match": '"another"'})
        assert (again.status_code, again.content) == (304, b""), path
        for kept in ("etag", "cache-control"):
            assert again.headers.get(kept) == first.headers.get(kept)
        assert (other.status_code, other.content) == (200, first.content), path


async def test_the_page_has_one_main_part_which_is_the_documents(api: Api) -> None:
    page = await api.client.get("/docs")
    script = await api.client.get("/docs/swagger-ui-bundle.js")

    assert '"main",{id:"operations"' in script.text.replace(" ", "")
    assert "<main" not in page.text


async def test_the_page_runs_nothing_and_asks_nobody_but_the_service(api: Api) -> None:
    policy = (await api.client.get("/docs")).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self'" in policy


async def test_there_is_no_other_file_beside_the_page(api: Api) -> None:
    for name in ("index.html", "..%2f__init__.py", "nothing.js"):
        answer = await api.client.get(f"/docs/{name}")
        assert answer.status_code == 404, name
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_part_of_a_file_that_is_not_there_is_refused_with_the_files_length(
    api: Api,
) -> None:
    path = "/docs/start.js"
    length = len((await api.client.get(path)).content)
    answer = await api.client.get(path, headers={"Range": f"bytes={length}-"})

    assert (answer.status_code, answer.json()["detail"]) == (416, f"{answer.json()['title']}.")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-range"] == f"bytes */{length}"
