"""A short letter ready to edit: warm, true as it stands, and asking for nothing.

Each letter is greeting, opening, a question, a close and the owner's name. A fact that is missing or
would not read well in prose drops its sentence; another takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from keepwarm.core import moments
from keepwarm.core.names import fold, greeting_name, organisation_name
from keepwarm.core.reconnect import Candidate, Owner, factors, sentences
from keepwarm.core.reconnect.reasons import (
    MONTHS,
    WEEKDAYS,
    bare_subject,
    month_year,
    soon,
    spell,
    spell_months,
    town_of,
)

SHAPES = ("congratulate", "thread", "hello", "saw_this")
CHANNELS = ("mail", "linkedin", "whatsapp", "sms")
LONGEST_NAME = 6  # words of an employer's name that still read well in a sentence
LONGEST_STORY = 9  # words of the owner's own note that do
COMFORTABLE = 40  # a mail with fewer words between greeting and name reads curt
# Said once in a letter is enough.
ECHOES = ("hello", "thought of you", "in touch", "busy", "how are you", "these days", "working on", "enjoy")


class Draft(NamedTuple):
    """A letter for one person. Only mail has a subject."""

    shape: str  # hello, thread, saw_this, congratulate
    subject: str
    body: str


def limits(shape: str, channel: str) -> tuple[int, int]:
    """Fewest and most words of a body, greeting and name included."""
    return (40, 125) if channel == "mail" and shape != "congratulate" else (12, 60)


def drafts(candidate: Candidate, owner: Owner, today: date, channel: str, variety: int = 0) -> list[Draft]:
    """Every shape that can be written truly, the best first; `variety` is the place in today's set."""
    known = _known(candidate, owner, today)
    turn = today.toordinal() + variety
    written = {
        "congratulate": _congratulate(candidate, known, today, channel, turn),
        "thread": _thread(known, channel, turn),
        "hello": _hello(known, channel, turn),
        "saw_this": _saw_this(known, channel, turn),
    }
    return [draft for shape in SHAPES if (draft := written[shape])]


# --- what is known, in words that fit a sentence -----------------------------------------------------


class Known(NamedTuple):
    """The facts of one letter; an empty one takes no part. The names are those in `sentences`."""

    name: str
    sign: str
    me: str
    org: str = ""
    org_days: str = ""
    title: str = ""
    since: str = ""
    year: str = ""
    years: str = ""
    tied: str = ""
    been: str = ""
    shared: str = ""  # past_met, past_left, past, now or ""
    left: str = ""  # a year, where `shared` says there is one
    era: str = ""
    era_days: str = ""
    met: str = ""
    topic: str = ""
    context: str = ""  # what last passed between them was about
    town: str = ""
    same_town: bool = False
    relation: str = ""  # worked, friend or ""
    gap: str = ""
    last: str = ""
    news: str = ""  # where they have started
    post: str = ""  # and as what

    def say(self, sentence: str) -> str:
        """The sentence with its facts in; "adidas" may open it as Adidas, eBay stays eBay."""
        said = sentence.format_map(self._asdict())
        return said[:1].upper() + said[1:] if said[:2].islower() else said


def _known(c: Candidate, owner: Owner, today: date) -> Known:
    org = employer_in_prose(c.organisation)
    me = greeting_name("", owner.name) or owner.name.strip()
    known = Known(
        name=greeting_name(c.given, c.name),
        sign=owner.sign_off.strip() or me,
        me=me,
        org=org,
        org_days=org.removeprefix("The "),
        title=title_in_prose(c.title) if org else "",
        met=story_in_prose(c.how_met),
        topic=topic_in_prose(c.note_topic),
        context=subject_in_prose(c.last_context),
        town=_town(c.place),
        same_town=bool(c.place and owner.place) and fold(town_of(c.place)) == fold(town_of(owner.place)),
        relation=_relation(c.relation),
    )
    known = known if org else known._replace(title=title_in_prose(c.title))
    return _with_silence(_with_time(known, c, owner, today), c, today)


def _with_time(known: Known, c: Candidate, owner: Owner, today: date) -> Known:
    """What can be said of since when, and of where the owner was then."""
    path = factors.career(owner.positions)
    if known.org and (shared := factors.shared_employer(c, path)):
        known = known._replace(shared=_shared_kind(shared), left=str(factors.year_left(shared.stay)))
    if c.known_since is None or c.known_since > today:
        return known
    stay = factors.era(c, path)
    era = employer_in_prose(stay.position.organisation) if stay else ""
    linked = c.told("known_since")[0] == "linkedin"
    years = int((today - c.known_since).days / factors.YEAR)
    return known._replace(
        since=month_year(c.known_since),
        year=str(c.known_since.year),
        years=spell(years) if years > 1 else "",
        tied="connected" if linked else "met",
        been="been connected" if linked else "known each other",
        era=era if era != known.org else "",  # then they share an employer, which says more
        era_days=era.removeprefix("The "),
    )


def _with_silence(known: Known, c: Candidate, today: date) -> Known:
    """The gap is mentioned only where messages prove it and it is long enough to be one."""
    if c.history is None or (days := factors.silence(c.history, today)) < 90:
        return known
    return known._replace(gap=spell_months(round(days / 30.44)), last=month_year(c.history.last))


def _shared_kind(shared: factors.Shared) -> str:
    if not shared.stay.ended:
        return "now"
    if shared.connected_there:
        return "past_met"
    return "past_left" if factors.year_left(shared.stay) else "past"


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


def _town(place: str) -> str:
    town = town_of(place)
    return town if 0 < len(town.split()) <= 3 and town[0].isupper() and not _ODD.search(town) else ""


def _relation(words: str) -> str:
    said = fold(words)
    if any(word in said for word in ("client", "customer", "colleague", "coworker", "co-worker", "supplier")):
        return "worked"
    return "friend" if "friend" in said and "friend of" not in said else ""


# --- the four shapes ---------------------------------------------------------------------------------


def _thread_kinds(k: Known) -> Iterator[str]:
    """The facts there are to pick up from, the richest first."""
    since = "since_long" if k.years else "since"
    rules = (
        ("topic", k.topic), ("context", k.context), ("met", k.met), ("lapse", k.last), (k.shared, k.shared),
        ("era", k.era), (since, k.since), ("post", k.org and k.title), ("org", k.org),
        ("worked", k.relation == "worked"), ("place", k.same_town and k.town),
    )  # fmt: skip
    return (kind for kind, there in rules if there)


def _hello_kinds(k: Known) -> Iterator[str]:
    rules = (
        ("lapse", k.last), ("met", k.met), (k.shared, k.shared), ("era", k.era),
        ("worked", k.relation == "worked"),
        ("place", k.same_town and k.town), ("since", k.since), ("friend", k.relation == "friend"),
    )  # fmt: skip
    return (kind for kind, there in rules if there)


def _saw_kinds(k: Known) -> Iterator[str]:
    rules = (
        ("org", k.org and k.shared != "now"),  # they read their own firm's name all day
        ("topic", k.topic),
        ("title", k.title),
        ("met", k.met),
        ("town", not k.same_town and k.town),
        ("since", k.since),
    )
    return (kind for kind, there in rules if there)


def _hello(k: Known, channel: str, turn: int) -> Draft:
    """Not the fact that the thread picks up, if there is another: the owner sees both."""
    used = next(_thread_kinds(k), "").removesuffix("_long")
    kinds = list(_hello_kinds(k))
    spare = [kind for kind in kinds if kind != used] or ([] if k.org else kinds)
    kind = spare[0] if spare else "plain"
    opening = _pick(sentences.HELLO[kind], turn)
    said = k.say(opening)
    question = _unlike(said, sentences.HOW_ARE_YOU[_question_kind(k, said)], turn)
    subject = _pick(sentences.SUBJECTS["hello_signed" if k.me else "hello"], turn)
    return _letter("hello", k, channel, turn, subject=subject, parts=(opening, question))


def _question_kind(k: Known, said: str) -> str:
    if k.org and k.org_days in said:
        return "there"
    if k.org:
        return "post" if k.title else "org"
    if k.title or (k.town and not k.same_town):
        return "title" if k.title else "town"
    return "topic" if k.topic else "plain"


_SUBJECT_OF = {
    "past_met": "shared", "past_left": "shared", "past": "shared", "since_long": "since", "post": "org",
    "worked": "hello", "place": "hello",
}  # fmt: skip


def _thread(k: Known, channel: str, turn: int) -> Draft | None:
    kind = next(_thread_kinds(k), "")
    if not kind:
        return None
    subject = _pick(sentences.SUBJECTS[_SUBJECT_OF.get(kind, kind)], turn)
    parts = (_pick(sentences.THREAD[kind], turn),)
    return _letter("thread", k, channel, turn + 1, subject=subject, parts=parts)


def _saw_this(k: Known, channel: str, turn: int) -> Draft | None:
    kind = next(_saw_kinds(k), "")
    if not kind:
        return None
    asks = sentences.SAW_THERE if kind == "org" else sentences.SAW_ELSE
    subject = _pick(sentences.SUBJECTS["saw_org" if kind == "org" else "saw"], turn)
    parts = (_pick(sentences.SAW_THIS[kind], turn), _pick(asks, turn + 1))
    return _letter("saw_this", k, channel, turn + 2, subject=subject, parts=parts)


def _congratulate(c: Candidate, k: Known, today: date, channel: str, turn: int) -> Draft | None:
    """On their day where it is near, else on what has happened to them of late."""
    return _good_wishes(c, k, today, channel, turn) or _well_done(c, k, today, channel, turn)


def _well_done(c: Candidate, k: Known, today: date, channel: str, turn: int) -> Draft | None:
    """It names the news as far as that reads well, and asks for nothing."""
    news = moments.best((one for one in c.moments if one.kind in moments.CONGRATULATED), today)
    if news is None:
        return None
    if news.kind == moments.NEW_JOB:
        at = employer_in_prose(moments.employer(news))
        post = title_in_prose(news.text.removesuffix(f" at {moments.employer(news)}")) if " at " in news.text else ""
        told = (sentences.NEW_JOB_AS if post else sentences.NEW_JOB) if at else sentences.NEWS
    else:
        at, post = "", title_in_prose(news.text)
        told = sentences.NEW_TITLE if post else sentences.NEWS
    known = k._replace(news=at, post=post)
    parts = (_pick(told, turn), _pick(sentences.NEWS_END, turn))
    return _envelope("congratulate", known, channel, "Congratulations", [" ".join(map(known.say, parts))])


def _good_wishes(c: Candidate, k: Known, today: date, channel: str, turn: int) -> Draft | None:
    for day, subject, now, ahead in (
        (c.birthday, "Happy birthday", sentences.BIRTHDAY_TODAY, sentences.BIRTHDAY_SOON),
        (c.anniversary, "Happy anniversary", sentences.ANNIVERSARY_TODAY, sentences.ANNIVERSARY_SOON),
    ):
        if day and (days := factors.days_until(day, today)) is not None and days <= factors.SOON:
            when = today + timedelta(days=days)
            wish = _pick(now if days == 0 else ahead, turn)
            said = wish.format(day=_day_name(when, today), on_day=soon(when, today))
            at_work = _pick(sentences.CONGRATULATE_ORG, turn) if k.org and when.weekday() < 5 else ""
            parts = [said, at_work, _pick(sentences.CONGRATULATE_END, turn)]
            return _envelope("congratulate", k, channel, subject, [" ".join(k.say(p) for p in parts if p)])
    return None


def _day_name(when: date, today: date) -> str:
    days = (when - today).days
    if days == 1:
        return "tomorrow"
    return WEEKDAYS[when.weekday()] if days < 7 else f"{when.day} {MONTHS[when.month - 1]}"


# --- putting a letter together -----------------------------------------------------------------------


def _letter(shape: str, k: Known, channel: str, turn: int, *, subject: str, parts: Sequence[str]) -> Draft:
    said = " ".join(k.say(part) for part in parts)
    if channel != "mail":
        end = k.say(_unlike(said, sentences.END_SHORT, turn))
        return _envelope(shape, k, channel, subject, [f"{said} {end}"])
    end = _unlike(said, sentences.END_MAIL, turn)
    if k.org and k.org_days not in said:
        said = f"{said}\n\n{k.say(_pick(sentences.WARM_ORG, turn))}"
    elif len(f"{said} {end}".split()) < COMFORTABLE:
        said = f"{said}\n\n{_unlike(said, sentences.WARM, turn)}"
    return _envelope(shape, k, channel, subject, [said, end])


def _envelope(shape: str, k: Known, channel: str, subject: str, paragraphs: Sequence[str]) -> Draft:
    greeting = f"Hi {k.name}," if k.name else "Hello,"
    body = "\n\n".join(part for part in (greeting, *paragraphs, k.sign) if part)
    return Draft(shape, k.say(subject) if channel == "mail" else "", body)


def _pick(choices: Sequence[str], turn: int) -> str:
    return choices[turn % len(choices)]


def _unlike(said: str, choices: Sequence[str], turn: int) -> str:
    """The one whose turn it is, or the next that does not say what has just been said."""
    turns = [_pick(choices, turn + step) for step in range(len(choices))]
    return next((c for c in turns if not any(e in c and e in said for e in ECHOES)), turns[0])
