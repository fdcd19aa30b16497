"""The console's files: cached for ever by content, small enough for a slow line, and closed to anything else."""

import re

import httpx
import pytest

from tenor.console.assets import FETCHED
from tenor.console.rendering import POLICY

FIRST_LOAD_BYTES_MAX = 100_000


@pytest.mark.parametrize("path", ["/", "/market", "/login", "/demo"])
async def test_a_first_load_is_small(client: httpx.AsyncClient, path: str) -> None:
    """Page, styles, scripts that it imports, the font; without wallet modules, which are fetched when they are used."""
    page = await client.get(path)
    assert page.status_code == 200, page.text
    assert page.headers["content-security-policy"] == POLICY
    wanted = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text))
    assert any(name.endswith("inter-latin.woff2") for name in wanted) or not FETCHED.is_dir()
    sizes, seen = [len(page.content)], set[str]()
    while wanted - seen:
        name = (wanted - seen).pop()
        seen.add(name)
        if not FETCHED.is_dir() and "/vendor/" in name:
            continue
        async with client.stream("GET", name, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200, name
            assert "immutable" in answer.headers["cache-control"]
            sizes.append(sum([len(part) async for part in answer.aiter_raw()]))
        if name.endswith(".js"):
            text = (await client.get(name)).text
            folder = name.rpartition("/")[0]
            wanted |= {f"{folder}/{found}" for found in re.findall(r'^import[^"]*"\./([^"]+)"', text, re.MULTILINE)}
    assert len(seen) > 5
    assert sum(sizes) <= FIRST_LOAD_BYTES_MAX


async def test_only_the_console_s_own_files_are_served(client: httpx.AsyncClient) -> None:
    for path in (
        "/assets/x/../../settings.py",
        "/assets/x/vendor.toml",
        "/assets/x/%2e%2e/%2e%2e/routes.py",
        "/assets/x/y",
    ):
        answer = await client.get(path)
        assert answer.status_code == 404, path
    stale = await client.get("/assets/000000000000/css/tokens.css")
    assert stale.status_code == 200
    assert stale.headers["cache-control"] == "no-cache"


async def test_pages_answer_in_the_language_of_the_browser(client: httpx.AsyncClient) -> None:
    german = await client.get("/market", headers={"Accept-Language": "de-CH,de;q=0.9"})
    assert '<html lang="de"' in german.text
    assert "Marktplatz" in german.text
    assert (await client.get("/market")).text.count('<html lang="en"') == 1
    chosen = await client.get("/language/de", params={"next": "https://evil.example/"})
    assert chosen.headers["location"] == "/"
    assert "tenor_language=de" in chosen.headers["set-cookie"]


async def test_unknown_invoices_are_pages_too(client: httpx.AsyncClient) -> None:
    answer = await client.get("/market/" + "ab" * 32)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "There is nothing here" in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/invoices/not-an-id", "/desk/nothing/at/all"])
async def test_a_path_that_leads_nowhere_is_a_page_for_people_and_a_problem_for_clients(
    client: httpx.AsyncClient, path: str
) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "de"}
    seen = await client.get(path, headers=browser)
    assert seen.status_code == 404
    assert seen.headers["content-type"].startswith("text/html")
    assert seen.headers["content-security-policy"] == POLICY
    assert "Diese Adresse hat keine Seite." in seen.text
    for asked, headers in ((path, {}), (f"/v1{path}", browser)):
        told = await client.get(asked, headers=headers)
        assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")
        assert told.json()["code"] == "not-found"
