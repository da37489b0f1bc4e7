"""The words for each step of an introduction: they name each one with what is recorded of their work, and the reason
only as the owner has put it for both to read."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from keepwarm.core.introductions import steps
from keepwarm.core.names import fold, greeting_name
from keepwarm.core.reconnect import Candidate, drafts, linter
from keepwarm.core.reconnect.prose import employer_in_prose, title_in_prose
from keepwarm.core.reconnect.reasons import town_of

SHORT = 60  # words of anything but a mail
LONGEST_TOWN = 3  # words

# Which letters: to whom is asked, to both, to whoever said no and to the other one then; the last two wonder.
ASK_FIRST, ASK_SECOND, TOGETHER, THANKS = "ask_first", "ask_second", "together", "thanks"
NO_THANKS, NOT_NOW, ANY_NEWS, HAVE_YOU_MET = "no_thanks", "not_now", "any_news", "have_you_met"


class Party(NamedTuple):
    """One of the two, as far as a letter may tell the other."""

    name: str
    given: str = ""
    title: str = ""
    organisation: str = ""
    place: str = ""

    @property
    def called(self) -> str:
        """As the owner greets them; the whole name where that is not sure."""
        return greeting_name(self.given, self.name) or self.name

    @property
    def known_as(self) -> str:
        """ "Chiara Bonfanti, Design Director at Corrib": with one fact of record, where there is one."""
        org = employer_in_prose(self.organisation)
        post = title_in_prose(self.title)
        town = town_of(self.place)
        if org:
            return f"{self.name}, {post} at {org}" if post else f"{self.name} from {org}"
        if post:
            return f"{self.name}, {post}"
        plain = 0 < len(town.split()) <= LONGEST_TOWN and town.replace(" ", "").replace("-", "").isalpha()
        return f"{self.name} from {town}" if plain else self.name


class Letter(NamedTuple):
    """`to`: the places of those it goes to. Only a mail has a subject."""

    kind: str
    to: tuple[int, ...]
    subject: str
    body: str


def of(kind: str, parties: tuple[Party, Party], place: int, said: str, sign: str, channel: str) -> Letter:
    """One letter to the one at `place`; TOGETHER and THANKS go to both."""
    to = (0, 1) if kind in (TOGETHER, THANKS) else (place,)
    reader, other = parties[place], parties[1 - place]
    told = _MAIL[kind] if channel == "mail" else _SHORT[kind]
    facts = {
        "name": other.name, "called": other.called, "known_as": other.known_as, "reader": reader.called,
        "reader_known_as": reader.known_as, "said": sentence(said),
    }  # fmt: skip
    greeting = _both(parties) if len(to) > 1 else _hello(reader)
    body = _put(greeting, told, facts, sign)
    if channel != "mail" and len(body.split()) > SHORT:
        body = _put(greeting, told, facts | {"said": ""}, sign)
    subject = _SUBJECTS[kind].format_map(facts) if channel == "mail" else ""
    return Letter(kind, to, subject, body)


def _put(greeting: str, paragraphs: tuple[str, ...], facts: dict[str, str], sign: str) -> str:
    written = [" ".join(paragraph.format_map(facts).split()) for paragraph in paragraphs]
    return "\n\n".join(part for part in (greeting, *written, sign.strip()) if part)


def _hello(party: Party) -> str:
    name = greeting_name(party.given, party.name)
    return f"Hi {name}," if name else "Hello,"


def _both(parties: tuple[Party, Party]) -> str:
    one, other = (greeting_name(party.given, party.name) for party in parties)
    return f"Hi {one}, hi {other}," if one and other and fold(one) != fold(other) else "Hello to you both,"


def sentence(said: str) -> str:
    """The owner's reason as a sentence of its own; "" where there is none."""
    text = " ".join(said.split())
    return text if not text or text[-1] in ".!?…。؟" else f"{text}."


# The easy no is in each mail that asks.
_EASY_NO = "If now is not the moment, just say so. No reason is needed, and it is perfectly fine with me."
_MAIL: dict[str, tuple[str, ...]] = {
    ASK_FIRST: (
        "There is someone I think you would enjoy meeting: {known_as}. {said}",
        "Would you like to meet? If so, I will ask {called} too, and write to you both only once each of you has "
        "said yes. " + _EASY_NO,
    ),
    ASK_SECOND: (
        "{known_as} would like to meet you, and I think it is a good idea. {said}",
        "Would you like to meet? If so, I will write to you both and leave the rest to the two of you. " + _EASY_NO,
    ),
    TOGETHER: (
        "You both said yes, so here you are in one letter, and I am glad of it.",
        "{reader}, this is {known_as}. {called}, this is {reader_known_as}. {said}",
        "I leave it to you to find a day, and step out of the way. Enjoy it.",
    ),
    THANKS: (
        "I hear that the two of you have met, which makes me happy.",
        "Thank you for taking the time, and for trusting me with it. There is no need to tell me what came of it, "
        "though I am always glad to hear.",
    ),
    NO_THANKS: (
        "Thank you for saying so. A clear word is a kindness, and it is perfectly fine with me.",
        "Nothing goes any further, and there is nothing to explain. Should it suit you better one day, a word is "
        "enough. I wish you good weeks until then.",
    ),
    NOT_NOW: (
        "Thank you for being open to meeting {called}. It is not the right moment for it after all, so I will not "
        "introduce you for now.",
        "I was glad of your yes all the same, and will think of you when there is someone else you would enjoy "
        "meeting.",
    ),
    ANY_NEWS: (
        "There is no hurry at all. I only come back to whether you would like to meet {known_as}.",
        "If it is a yes, one word is enough, and I will see to the rest. If it is a no, that is just as good, and "
        "I will not bring it up again.",
    ),
    HAVE_YOU_MET: (
        "A while ago I put you and {called} in touch. Did the two of you find a day?",
        "I am only curious, and there is no need to answer. If it has not come to it yet, that is fine: these "
        "things have their own time.",
    ),
}
_SHORT: dict[str, tuple[str, ...]] = {
    ASK_FIRST: (
        "There is someone I think you would enjoy meeting: {known_as}. {said} Would you like to? I ask {called} too "
        "before anything else, and a no is perfectly fine.",
    ),
    ASK_SECOND: (
        "{known_as} would like to meet you, and I think it is a good idea. {said} Would you like to? A no is "
        "perfectly fine.",
    ),
    TOGETHER: (
        "{reader}, this is {known_as}. {called}, this is {reader_known_as}. {said} I leave it to you to find a day.",
    ),
    THANKS: ("I hear that the two of you have met, which makes me happy. Thank you for taking the time.",),
    NO_THANKS: ("Thank you for saying so. It is perfectly fine, and nothing goes any further.",),
    NOT_NOW: (
        "Thank you for being open to meeting {called}. It is not the right moment after all, and I was glad of "
        "your yes.",
    ),
    ANY_NEWS: (
        "There is no hurry at all: would you like to meet {called}? One word is enough, and a no is just as good.",
    ),
    HAVE_YOU_MET: ("Did you and {called} find a day? I am only curious, and there is no need to answer.",),
}
_SUBJECTS = {
    ASK_FIRST: "Someone you might like to meet", ASK_SECOND: "{name} would like to meet you",
    TOGETHER: "{reader}, meet {called}", THANKS: "Thank you both", NO_THANKS: "Perfectly fine",
    NOT_NOW: "About meeting {called}", ANY_NEWS: "No hurry", HAVE_YOU_MET: "You and {called}",
}  # fmt: skip


def wanted(standing: steps.Standing, *, wonders: bool = False) -> list[tuple[str, int]]:
    """Which letters the present step has, each with the place of whom it goes to. `wonders`: it has waited a while."""
    place = steps.turn(standing)
    asks = ASK_SECOND if place else ASK_FIRST
    plain = {steps.IDEA: asks, steps.ONE_YES: asks, steps.WILLING: TOGETHER, steps.MET: THANKS}
    gentle = {steps.ASKED: ANY_NEWS, steps.ASKED_BOTH: ANY_NEWS, steps.INTRODUCED: HAVE_YOU_MET}
    state = steps.state(standing)
    if state == steps.DECLINED:
        no = 0 if standing.first.answer == steps.NO else 1
        other = standing.sides[1 - no].answer == steps.YES
        return [(NO_THANKS, no), *([(NOT_NOW, 1 - no)] if other else [])]
    kind = plain.get(state) or (gentle.get(state) if wonders else None)
    both_or_first = kind in (TOGETHER, THANKS, HAVE_YOU_MET)
    return [(kind, 0 if both_or_first else place)] if kind else []


def checked(letter: Letter, to: Party, channel: str) -> list[linter.Check]:
    """The quiet checks under it. That it asks whether they would like to meet is meant, and an easy no goes with it."""
    candidate = Candidate(UUID(int=0), to.name, to.given)
    made = linter.checks(drafts.Draft("introduction", letter.subject, letter.body), candidate, channel)
    asks = letter.kind in (ASK_FIRST, ASK_SECOND, ANY_NEWS)
    meant = linter.Check(True, "ask", "Asks for no more than a yes or a no")
    return [meant if asks and check.kind == "ask" and check.ok else check for check in made]
