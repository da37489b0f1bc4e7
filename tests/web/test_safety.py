"""Pages keep to themselves: nothing loads from elsewhere, nothing runs inline, cookies are flagged."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import keepwarm
from keepwarm.models import Item, Person
from keepwarm.store import spaces
from keepwarm.web import tags
from keepwarm.web.safety import NoLink
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast
from tests.running import environment

pytestmark = pytest.mark.django_db
PACKAGE = Path(keepwarm.__file__).parent
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
ELSEWHERE = re.compile(r"""(?:src|href|action|poster|data)\s*=\s*["']\s*(?:https?:)?//""", re.I)
FLAGS = (
    "import json, django; from django.conf import settings as s; django.setup();"
    "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
    " s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_NAME, s.DEBUG]))"
)


def some_pages(cast: Cast) -> list[str]:
    run = bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com"))
    person = reverse("person", args=[Person.objects.get().id])
    return [
        "/",
        person,
        "/import",
        reverse("import_run", args=[run.id]),
        "/welcome",
        "/sign-in",
        "/nowhere",
        "/sign-out",
    ]


def test_every_page_has_the_policy(cast: Cast, ada: Client) -> None:
    for path in some_pages(cast):
        answer = ada.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


def test_pages_of_people_are_kept_by_nobody_else(cast: Cast, ada: Client) -> None:
    for path in some_pages(cast):
        assert re.search("no-store|private", ada.get(path)["Cache-Control"]), path


def test_refusals_have_the_policy_too(client: Client, db: None) -> None:
    for answer in (
        client.get("/", headers={"Host": "elsewhere.example"}),
        client.get("/nowhere"),
        client.post("/sign-in"),
    ):
        assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_loads_from_elsewhere_or_runs_inline(template: Path) -> None:
    text = template.read_text()
    assert not ELSEWHERE.search(text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    if template.parent.name != "emails":  # a mail brings its own style, or has none
        assert not re.search(r"<style\b|\sstyle=", text)
    assert not re.search(r"\son[a-z]+=|\shx-on", text)
    assert "|safe" not in text.replace("field.help_text|safe", "")  # ours, from the form


def test_no_style_or_script_of_ours_loads_from_elsewhere() -> None:
    for path in (PACKAGE / "static").rglob("*.*"):
        if path.suffix in (".css", ".js"):
            assert not re.search(r"""(?:url\(|import\s|@import\s|fetch\()\s*["']?(?:https?:)?//""", path.read_text()), (
                path
            )


def test_rendered_pages_load_from_here_only(cast: Cast, ada: Client) -> None:
    network(cast.home)
    for path in ["/", "/import", "/welcome"]:
        page = ada.get(path).content.decode()
        assert not re.search(r"""<(?:script|link|img|iframe|use)[^>]+(?:src|href)=["'](?:https?:)?//""", page)


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.evil.example", "127.0.0.1.nip.example", "keepwarm:80@evil.example"]
)
def test_other_hosts_are_refused(client: Client, db: None, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:1", "[::1]:8321"])
def test_our_own_names_are_answered(client: Client, db: None, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("url", "secure"), [("", False), ("http://keepwarm.example.org", False), ("https://keepwarm.example.org", True)]
)
def test_cookies_are_secure_where_the_address_is(tmp_path: Path, url: str, secure: bool) -> None:
    env = environment(tmp_path, KEEPWARM_URL=url, DJANGO_SETTINGS_MODULE="keepwarm.settings")
    said = json.loads(subprocess.check_output([sys.executable, "-c", FLAGS], env=env, text=True))
    name = "__Host-keepwarm" if secure else "keepwarm"
    assert said == [secure, secure, True, "Lax", name, False]


def test_a_form_from_elsewhere_is_refused_in_our_words(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ada)
    answer = browser.post("/import/files")
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_an_uploaded_file_has_no_address(cast: Cast, ada: Client) -> None:
    for path in ("/uploads/", "/media/", "/static/../keepwarm.sqlite3", "/static/%2e%2e/secret.key"):
        assert ada.get(path).status_code == 404


def test_a_living_link_is_not_in_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    token = spaces.new_link(cast.home, cast.ada, NOW)
    caplog.handler.addFilter(NoLink())
    Client(enforce_csrf_checks=True).post(f"/welcome/{token}", headers={"Referer": f"http://x/welcome/{token}?a"})
    Client().get(f"/welcome/{token}x")
    assert "Forbidden" in caplog.text
    assert "Gone: /welcome/…" in caplog.text
    assert token not in caplog.text
    root = logging.getLogger().handlers
    assert any(isinstance(filter, NoLink) for handler in root for filter in handler.filters)


def test_a_file_sent_to_another_page_is_not_kept(cast: Cast, ada: Client) -> None:
    answer = ada.post("/people/new", {"name": "Zoe", "file": SimpleUploadedFile("big.vcf", b"x" * 100_000)})
    assert not answer.wsgi_request.FILES


@pytest.mark.parametrize("asked", ["people?relation=%00", "people?place=%00&narrow=1", "lost-touch?company=a%00"])
def test_an_address_with_a_nul_is_a_page(ada: Client, asked: str) -> None:
    assert ada.get(f"/{asked}").status_code == 200


def test_a_form_with_a_nul_is_kept_without_it(cast: Cast, ada: Client) -> None:
    said = urlencode({"said": "Chairs\0 matter.", "note": "\0"})
    ada.post("/shelf/save", said, content_type="application/x-www-form-urlencoded")
    ada.post("/people/new", urlencode({"name": "Zo\0e"}), content_type="application/x-www-form-urlencoded")
    assert (Item.objects.get().note, Person.objects.get().name) == ("Chairs matter.", "Zoe")


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://example.com", True), ("mailto:ann@example.com", True), ("/people", True),
        ("javascript:alert(1)", False), ("http://[foo", False), ("http://x]y/", False),
    ],
)  # fmt: skip
def test_links_of_files_lead_where_a_page_may_lead(href: str, leads: bool) -> None:
    assert tags.outward(href) == (href if leads else "")
