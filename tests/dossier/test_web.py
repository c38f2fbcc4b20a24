import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from detente.dossier.blocks import Document
from detente.dossier.pictures import Picture
from detente.dossier.render.web import html
from detente.language import LANGUAGES, Lang

CHROMIUM = Path("/usr/bin/chromium")
Pictures = dict[str, dict[str, Picture]]


class Page(HTMLParser):
    """Ids, links, loaded resources, scripts and the policy of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.inner: set[str] = set()
        self.outer: set[str] = set()
        self.loaded: list[str] = []
        self.scripts: list[str] = []
        self.policy = ""
        self.lang = ""
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if "id" in of:
            self.ids.append(of["id"])
        if tag == "html":
            self.lang = of["lang"]
        if tag == "a":
            target = of["href"]
            if target.startswith("#"):
                self.inner.add(target[1:])
            else:
                self.outer.add(target)
        elif "src" in of or tag == "link":
            self.loaded.append(str(of))
        if of.get("http-equiv") == "Content-Security-Policy":
            self.policy = of["content"]
        self._script = tag == "script" and of.get("type") != "application/json"

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)
            self._script = False


@pytest.fixture(scope="module", params=LANGUAGES)
def text(request: pytest.FixtureRequest, documents: dict[str, Document], pictures: Pictures) -> str:
    lang: Lang = request.param
    return html(documents[lang], pictures[lang]).decode()


def test_the_page_loads_nothing(text: str) -> None:
    page = Page(text)
    assert page.loaded == []
    style = text[text.index("<style>") : text.index("</style>")]
    assert set(re.findall(r"url\(([^):]*:?)", style)) == {"data:"}
    assert "@import" not in style


def test_the_policy_allows_these_scripts_and_no_connection(text: str) -> None:
    page = Page(text)
    assert "default-src 'none'" in page.policy
    assert "unsafe-eval" not in page.policy
    assert "connect-src" not in page.policy
    hashes = {b64encode(sha256(code.encode()).digest()).decode() for code in page.scripts}
    assert len(page.scripts) == 2
    assert set(re.findall(r"'sha256-([^']+)'", page.policy)) == hashes


def test_ids_are_unique_and_links_resolve(text: str) -> None:
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert page.inner <= set(page.ids)
    assert all(re.match(r"https://(undocs|digitallibrary\.un)\.org/", a) for a in page.outer)


def test_the_page_names_its_language_and_its_landmarks(text: str) -> None:
    assert Page(text).lang in LANGUAGES
    for landmark in ("<header", "<nav aria-label=", "<main>", "<footer>", 'class="skip"'):
        assert landmark in text
    assert text.count('scope="col"') > 20
    assert text.count('role="img" aria-label=') == 4


def test_a_name_with_markup_is_text(documents: dict[str, Document], pictures: Pictures) -> None:
    from dataclasses import replace

    document = replace(documents["en"], title="<script>alert(1)</script> & more")
    made = html(document, pictures["en"]).decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in made
    assert "<script>alert" not in made


def test_the_data_of_a_figure_cannot_end_its_script(documents: dict[str, Document]) -> None:
    from detente.dossier.render.web import _inside_script

    held = _inside_script({"name": "</script><b>"})
    assert "<" not in held
    assert json.loads(held) == {"name": "</script><b>"}


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed")
def test_chromium_shows_it_without_network_or_complaint(
    tmp_path: Path, documents: dict[str, Document], pictures: Pictures
) -> None:
    from playwright.sync_api import sync_playwright

    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=str(CHROMIUM), args=flags
        )
        for lang in LANGUAGES:
            path = tmp_path / f"{lang}.html"
            path.write_bytes(html(documents[lang], pictures[lang]))
            page = browser.new_page()
            asked: list[str] = []
            said: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.goto(path.as_uri())
            page.wait_for_function("document.documentElement.dataset.ready === 'yes'")
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            assert said == []
            assert page.locator(".plot[data-live]").count() == 4
            for width in (1280, 375):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed")
def test_without_scripts_every_figure_is_still_there(
    tmp_path: Path, documents: dict[str, Document], pictures: Pictures
) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "en.html"
    path.write_bytes(html(documents["en"], pictures["en"]))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(path.as_uri())
        assert page.locator(".plot > svg").count() == 4
        browser.close()
