"""What is recorded of someone as it reads inside a sentence; "" where it would not read well.

Cards are written in a hurry: a company in capitals, a headline with bars and rockets, a note about a divorce. A
letter says such a thing well or leaves it out.
"""

from __future__ import annotations

import re

from keepwarm.core.names import fold, organisation_name
from keepwarm.core.reconnect.reasons import bare_subject, town_of

LONGEST_NAME = 6  # words of an employer's name that still read well in a sentence
LONGEST_STORY = 9  # words of the owner's own note that do

_ODD = re.compile(r"[\"“”«»<>{}\[\]|\\/:;?#*_~^=\n\r\t]|https?|www\.|@")
_PICTURES = re.compile(r"[^\w\s.,&'’+!()-]", re.UNICODE)
_SMALL = {"OF": "of", "AND": "and", "THE": "the", "FOR": "for", "IN": "in", "AT": "at"}


def employer_in_prose(organisation: str) -> str:
    """The employer as it reads inside a sentence; "" if it is none, or too long or too odd to read well."""
    spoken = organisation_name(organisation)
    name = " ".join(_PICTURES.sub(" ", spoken).split()).strip(" ,.-&!+")
    if not name or _ODD.search(spoken) or len(name) > 48 or len(name.split()) > LONGEST_NAME:
        return ""
    if name.isupper() and any(len(word) > 4 for word in name.split()):
        name = " ".join(_SMALL.get(w, w.capitalize() if len(w) > 3 else w) for w in name.split())
    return name[:1].upper() + name[1:] if name.startswith("the ") else name


_NOT_A_POST = re.compile(
    r"\b(student|intern|trainee|retired|ex|former|formerly|seeking|looking|unemployed|open to|aspiring|self|"
    r"freelance|freelancer|independent|owner|various|none|na|n a|member|volunteer|available|hiring)\b"
)


_CHIEFS = ("CEO", "CFO", "CIO", "CMO", "COO", "CPO", "CTO")


def title_in_prose(title: str) -> str:
    """The first post of a headline, if it is plain: two to five words, or one long one."""
    head = re.split(r"\s+(?:at|@|bei|chez)\s+|[|/,•·;–—(]|\s-\s", title.strip())[0]
    post = " ".join(head.split()).strip(" .-&")
    plain = bool(post) and not _ODD.search(post) and not _PICTURES.search(post) and not _NOT_A_POST.search(fold(post))
    fits = post in _CHIEFS or (4 <= len(post) <= 45 and len(post.split()) <= 5 and post[:1].isupper())
    shouted = post.isupper() and post not in _CHIEFS
    return post if plain and fits and not shouted and not any(c.isdigit() for c in post) else ""


_ABOUT_THEM = re.compile(r"\b(i|me|my|she|he|her|him|his|hers|they|them|their|you|your)\b")
_PLACES_TO_MEET = (
    "conference", "festival", "summit", "fair", "meetup", "meet-up", "workshop", "course", "school",
    "university", "college", "wedding", "party", "dinner", "lunch", "breakfast", "event", "expo",
    "show", "forum", "class", "camp", "hackathon", "retreat", "congress", "convention", "gym", "club",
    "choir", "church", "office", "launch", "seminar", "training", "exhibition", "reunion", "academy",
    "awards", "bootcamp",
)  # fmt: skip
_NO_ARTICLE = ("university", "college", "school", "church", "work", "lunch", "dinner", "breakfast")
_PREPOSITIONS = (
    "at",
    "in",
    "on",
    "through",
    "via",
    "during",
    "over",
    "while",
    "when",
    "by",
    "from",
    "after",
    "before",
)


def story_in_prose(how_met: str) -> str:
    """The owner's "how we met" as it reads after "we met": "at a conference in Leeds". "" if it would not."""
    text = _plain_note(how_met)
    text = re.sub(r"^(?:we )?met\s+", "", text, flags=re.IGNORECASE)
    if not text or _ABOUT_THEM.search(fold(text)):
        return ""
    first = text.split(maxsplit=1)[0].lower()
    if first in _PREPOSITIONS:
        return first + text[len(first) :]
    if first == "introduced" and " by " in f" {text.lower()} ":
        return "when we were " + text[0].lower() + text[1:]
    if not any(place in text.lower() for place in _PLACES_TO_MEET):
        return ""
    return f"at {_with_article(text)}"


def _with_article(text: str) -> str:
    """A conference in Leeds, but Leeds Design Festival, university and the summer party as they are."""
    first = text.split(maxsplit=1)[0].lower()
    if first in ("the", "a", "an", "our", "some", "this"):
        return first + text[len(first) :]
    if first in _NO_ARTICLE:
        return text if text[1:2].isupper() else text[0].lower() + text[1:]
    if first not in _PLACES_TO_MEET and text[0].isupper():
        return text
    return ("an " if first[0] in "aeio" else "a ") + text[0].lower() + text[1:]


def topic_in_prose(topic: str) -> str:
    """The owner's word for what is between them, as it reads after "a note about"; "" if it would not."""
    text = _plain_note(topic)
    if not text or _ABOUT_THEM.search(fold(text)):
        return ""
    first = text.split(maxsplit=1)[0]
    common = first.lower() in ("the", "a", "an", "new", "how", "moving", "running") or first.endswith("ing")
    return text[0].lower() + text[1:] if common else text


_SAYS_NOTHING = re.compile(
    r"(?:hi|hello|hey|hallo|no subject|untitled|test|question|meeting|call|catch ?up|invitation|invite|message|update|"
    r"news|fyi|urgent|thanks?(?: you)?|thank you.*|(?:happy|merry) .*|.*\b(?:invoice|receipt|order|ticket|password|"
    r"reminder|unsubscribe|newsletter|out of office|delivery|statement|payment)\b.*)"
)


def subject_in_prose(context: str) -> str:
    """The subject of a letter or title of a meeting between quotes: "Harbour plans"; "" if it says nothing of them or
    would not read well."""
    text = " ".join(bare_subject(context).split()).strip(" .,!?-–—")
    plain = 4 <= len(text) <= 60 and not _ODD.search(text) and not _PICTURES.search(text.replace("?", ""))
    lettered = sum(c.isalpha() or c == " " for c in text) >= 0.8 * len(text) and not text.isupper()
    return text if plain and lettered and not _SAYS_NOTHING.fullmatch(fold(text)) else ""


def _plain_note(text: str) -> str:
    """One short phrase without marks, links or a second sentence; else ""."""
    phrase = " ".join(text.split()).strip(" .,!-")
    too_much = len(phrase.split()) > LONGEST_STORY or len(phrase) > 70 or _ODD.search(phrase) or ". " in phrase
    return "" if too_much or "!" in phrase else phrase


def town_in_prose(place: str) -> str:
    town = town_of(place)
    return town if 0 < len(town.split()) <= 3 and town[0].isupper() and not _ODD.search(town) else ""


_SHE = re.compile(r"\b(she|he|her|him|his|hers|they|them|their|theirs)\b")


def deed_in_prose(promise: str) -> str:
    """What the owner said they would do, as it reads after "I said I would": "send the photos"."""
    text = _plain_note(promise)
    first = fold(text).partition(" ")[0]
    if not text or _SHE.search(fold(text)) or re.search(r"\b(i|my|me)\b", fold(text)) or not first.isalpha():
        return ""
    return text[0].lower() + text[1:] if text[1:2].islower() else ""


_SAD = re.compile(
    r"\b(died|death|dies|passed away|funeral|lost|loss|ill|illness|sick|cancer|hospital|accident|divorce\w*|separated|"
    r"laid off|redundan\w+|fired|resigned|left|broke|burgl\w+|bankrupt\w*|closed|grief|mourning|stroke|"
    r"surgery|moved out)\b"
)


def is_glad(news: str) -> bool:
    """Whether it may be congratulated on: nothing in it sounds like a loss."""
    return not _SAD.search(fold(news))


def news_in_prose(text: str) -> str:
    """What happened, in the owner's words, as it reads after "your news": "the Leeds design prize"."""
    said = _plain_note(text)
    if not said or _ABOUT_THEM.search(fold(said)) or not is_glad(said):
        return ""
    verb = re.match(r"(?:won|got|received|was given|was awarded|had|has|opened|launched|started|finished) ", said, re.I)
    rest = said[verb.end() :] if verb else said
    return rest if re.match(r"(?:the|a|an) ", rest) else ""


def title_of_gift(title: str) -> str:
    """A headline between quotes, at most fourteen words of it."""
    text = " ".join(title.translate(_QUOTES).split()).strip(" .,-|:;")
    text = " ".join(_PICTURES_ONLY.sub(" ", text).split())
    words = text.split()
    cut = " ".join(words[:14])
    cut = cut if len(cut) <= 90 else cut[:90].rsplit(" ", 1)[0]
    if not any(sign.isalnum() for sign in cut):
        return ""
    return cut if cut == text else cut.rstrip(" .,-|:;") + "…"


_QUOTES = str.maketrans(
    {"“": "‘", "”": "’", '"': "’", "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "_": " ", "|": "–"}
)
_PICTURES_ONLY = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]|\s(?=[,.;:!?](?:\s|$))|\.{4,}")


def site_in_prose(site: str) -> str:
    text = " ".join(site.split()).removeprefix("www.")
    return text if 0 < len(text) <= 40 and not re.search(r"[\[\]{}<>()“”\"_/]", text) else ""


def word_in_prose(word: str) -> bool:
    return 1 < len(word) <= 40 and not _ODD.search(word) and not _PICTURES.search(word)


def thought_in_prose(note: str) -> str:
    """The owner's own note on an item as a sentence between quotes; "" if it speaks of someone, or at length."""
    text = " ".join(note.split()).strip(" \"“”'")
    odd = re.search(r"[\[\]{}<>|*_~^=\\#@“”\"]|https?|www\.|\.{4,}", text) or _PICTURES_ONLY.search(text)
    if not 3 <= len(text.split()) <= 25 or len(text) > 180 or odd or _SHE.search(fold(text)) or "?" in text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".!…" else ".")
