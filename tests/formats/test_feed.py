"""RSS and Atom of all sorts, what a broken feed still gives, and the feeds that a page names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import feed
from keepwarm.formats.feed import NoFeed

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lena bakes</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{link}</link><guid>{id}</guid><pubDate>{day}</pubDate></item>"
DAY = "Tue, 10 Nov 2026 08:00:00 GMT"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lena</title><entry><id>urn:1</id><title type="html">
Rye &lt;b&gt;bread&lt;/b&gt; &amp;amp; me</title><link href="https://lena.example/rye"/>
<updated>2026-11-10T08:00:00Z</updated>
</entry></feed>"""


def rss(*items: tuple[str, str, str]) -> bytes:
    """A feed of these entries: title, link, id."""
    return RSS.format(
        items="".join(ITEM.format(title=title, link=link, id=id, day=DAY) for title, link, id in items)
    ).encode()


def test_it_works() -> None:
    found = feed.read(rss(("Rye bread", "https://lena.example/rye", "1")))
    assert found.title == "Lena bakes"
    assert found.entries == (feed.Entry("1", "Rye bread", "https://lena.example/rye", date(2026, 11, 10)),)


def test_atom_with_markup_in_its_title() -> None:
    (entry,) = feed.read(ATOM.encode()).entries
    assert (entry.key, entry.title, entry.url) == ("urn:1", "Rye bread & me", "https://lena.example/rye")


def test_a_link_that_would_run_a_script_is_none() -> None:
    (entry,) = feed.read(rss(("Rye", "javascript:alert(1)", "1"))).entries
    assert entry.url == ""


def test_broken_in_the_middle_it_gives_what_can_be_read() -> None:
    whole = rss(("One", "https://a.example/1", "1"), ("Two & <b>", "https://a.example/2", "2"))
    assert [entry.title for entry in feed.read(whole[: whole.index(b"Two")]).entries][:1] == ["One"]


@pytest.mark.parametrize("data", [b"", b"hello", b"<html><body>404</body></html>", b"\x00\xff" * 50, b"{}"])
def test_no_feed(data: bytes) -> None:
    with pytest.raises(NoFeed):
        feed.read(data)


def test_a_name_of_a_file_is_not_opened() -> None:
    with pytest.raises(NoFeed):
        feed.read(b"/etc/passwd")


def test_an_entity_that_names_a_file_or_grows_tells_nothing() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    data = f'{head}<rss version="2.0"><channel><title>&f;</title><item><title>&a11;&f;</title></item></channel></rss>'
    try:
        found = feed.read(data.encode())
    except NoFeed:
        return
    assert all(len(entry.title) < 400 and "root:" not in entry.title for entry in found.entries)


def test_the_feeds_of_a_page() -> None:
    page = b"""<html><head><link rel="stylesheet" href="a.css">
    <LINK REL='alternate' type="application/rss+xml" href="/feed">
    <link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
    <link rel="alternate" type="text/html" hreflang="de" href="/de"></head>"""
    assert feed.feeds_of(page, "https://lena.example/blog/") == [
        "https://lena.example/feed", "https://other.example/atom",
    ]  # fmt: skip


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    feed.feeds_of(data, "https://lena.example/")


def test_what_is_no_markup_ends_the_page() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed"><![nonsense<p>'
    assert feed.feeds_of(page, "https://lena.example/") == ["https://lena.example/feed"]
