"""What a web page says: its article, who wrote it and when."""

from __future__ import annotations

from datetime import date

import pytest

from keepwarm.formats import article
from keepwarm.formats.article import NoArticle

PAGE = """<!doctype html><html lang="en"><head><title>Hiring for curiosity | Portico</title>
<meta name="author" content="Ines Valdemar"><meta property="og:site_name" content="Portico">
<meta property="og:title" content="Hiring for curiosity"><meta property="og:description" content="{description}">
<meta property="article:published_time" content="2026-11-02T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Hiring for curiosity</h1>{paragraphs}</article>
<footer>Subscribe to our newsletter</footer></body></html>"""
FIRST = (
    "One question tells more than ten. It is about the last thing that surprised them, and what they did about it in "
    "the week after. I have asked it four hundred times by now, in three countries and two languages."
)
SECOND = (
    "People who are curious answer with a place, a person and a mistake. People who are not answer with a book. "
    "Neither is wrong, but only one of them will ask your customers why."
)


def page(*paragraphs: str, description: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (FIRST, SECOND))
    return PAGE.format(paragraphs=text, description=description).encode()


def test_it_works() -> None:
    told = article.read(page(description="One question tells more than ten."))
    assert (told.title, told.written_by, told.site) == ("Hiring for curiosity", "Ines Valdemar", "Portico")
    assert (told.summary, told.published_on) == ("One question tells more than ten.", date(2026, 11, 2))
    assert told.words == f"{FIRST}\n{SECOND}"


def test_without_a_description_its_first_sentences_are_the_summary() -> None:
    assert article.read(page()).summary.startswith("One question tells more than ten. It is about")


def test_a_page_that_a_script_makes_has_no_words() -> None:
    with pytest.raises(NoArticle):
        article.read(b"<html><body><div id=app></div><script src=x.js></script></body></html>")


@pytest.mark.parametrize("broken", [b"", b"\x00" * 50, b"<", b"\xff\xfe\x00", b"<html>", b"{}", b"just words"])
def test_what_is_no_page_has_none(broken: bytes) -> None:
    with pytest.raises(NoArticle):
        article.read(broken)


def test_very_long_it_is_capped() -> None:
    told = article.read(page(*[f"{n} {SECOND}" for n in range(400)]))
    assert len(told.words) == 40_000


def test_what_is_not_seen_is_left_out() -> None:
    assert "\u202e" not in article.read(page(f"\u202e{FIRST}\u200b", SECOND)).words


def test_a_plain_text_is_called_by_its_first_line() -> None:
    told = article.plain(b"# Chairs\n\nThey decide how long people stay.\n")
    assert (told.title, told.summary) == ("Chairs", "They decide how long people stay.")
