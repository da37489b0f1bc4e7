"""Whether a rewording says only what the letter said: closed words, and who did what, checked sentence by sentence.

Strict on purpose. It cannot read, so it lets through only what it can account for: a refused suggestion costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from keepwarm.core import rewording_words as known
from keepwarm.core.rewording_words import LIGHT, NEGATIONS, NUMBERS, SUBJECTS, TIMES, spelled_out

MOST_QUESTIONS = 2
ENGLISH = 0.4  # of the words of a letter, that are of the common ones
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
_WORD = re.compile(r"'s\b|\d[\d.,:/-]*\d|[^\W_]+(?:[-'][^\W\d_]+)*")
_WRITTEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_ADDRESS = re.compile(
    r"\S*://\S+|\bwww\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?|\+?\d[\d\s().-]{5,}\d", re.IGNORECASE
)
_LISTED = re.compile(r"^\s*(?:[-–—•]|\d+[.)])\s+\S+", re.MULTILINE)
_PLAIN = frozenset(".,;:!?'’‘\"“”()-–—… \n")
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")
_BID = re.compile(rf"(?:^|[,;:–—]\s*)(?:(?:please|just|do|so|and|but|or|then)\s+)*({'|'.join(known.BIDDING)})\b")
_NEWNESS = re.compile(r"\bnew\b")
_ANYTHING_NEW = re.compile(
    r"\b(?:what(?: is|ever is)?|what has been|anything|something|is there anything|there) new\b|what else is new"
)
_CLAIMS = re.compile(
    r"\b(?:was|been|were|had been)\b[^.?!]{0,24}\b(?:hear|hearing|know|get|getting|work|working|write|writing)\b|"
    r"\b(?:is|so|really|very|always) (?:good|great|nice|lovely|wonderful|glad|happy|pleased|delighted) to "
    r"(?:hear|know|get|work|reply)\b|working with (?:you|me|us)|work with you|your (?:message|note|reply|answer|word|"
    r"words|response|kind|line)\b|(?:keep|kept|keeping) (?:my|your|a) word|between us|"
    r"(?:want|wanted|need|like) you to\b|(?:happy|glad|pleased) with\b|to (?:come|go|get|bring|take|make)\b|"
    r"as you know|you know that"
)
_SOFT_ASK = re.compile(
    r"\b(?:let me know|tell me|write (?:me|back|to me)|drop me|get back|reply to me|looking forward)\b"
)
_PLEASANT = re.compile(r"^(?:take (?:good )?care|keep well|be well|no need to|all the best)\b")
_WHEN = NUMBERS | TIMES | known.MONTHS_AND_DAYS


class Refusal(NamedTuple):
    """The sentence that cannot be vouched for, and why, as the user reads it."""

    sentence: str
    why: str


class _Said(NamedTuple):
    """One sentence: as written, spelled out, and its words."""

    text: str
    plain: str
    words: list[str]

    @property
    def asks(self) -> bool:
        return self.text.rstrip('"”’) ').endswith("?")


class _Letter(NamedTuple):
    """What may be relied on."""

    text: str
    said: list[_Said]
    words: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    capitals: frozenset[str]
    record: frozenset[str]

    @property
    def runs(self) -> set[tuple[str, str]]:
        """Each two words that stand side by side."""
        return {two for one in self.said for two in pairwise(one.words)}


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def is_english(text: str) -> bool:
    """Whether the check can judge such a letter at all."""
    words = words_of(text)
    return bool(words) and sum(word in LIGHT or word in TIMES for word in words) >= ENGLISH * len(words)


def words_of(text: str) -> list[str]:
    return _WORD.findall(spelled_out(unicodedata.normalize("NFKC", text)))


def refusal(draft: str, suggestion: str, called: str = "", record: Iterable[str] = ()) -> Refusal | None:
    """Why the suggestion may not be shown; None where it says nothing new.

    Both are bodies without greeting and name. `called`: the name in the greeting. `record`: texts that are on record
    of the person, such as their employer; they stay here.
    """
    if found := _not_plain(draft, suggestion):
        return found
    letter = _letter(draft, called, record)
    questions = suggestion.count("?") + len(_SOFT_ASK.findall(spelled_out(suggestion)))
    if questions > max(MOST_QUESTIONS, draft.count("?")):
        return Refusal(suggestion, "It asks more questions than are easy to answer.")
    for text in sentences(suggestion):
        one = _said(text)
        if why := next((why for rule in _RULES if (why := rule(one, letter))), ""):
            return Refusal(text, why)
    return _lost(letter, suggestion)


def _letter(draft: str, called: str, record: Iterable[str]) -> _Letter:
    said = [_said(text) for text in sentences(draft)]
    on_record = frozenset(word for text in record for word in words_of(text)) - LIGHT - _WHEN
    words = frozenset(word for one in said for word in one.words)
    names = frozenset(words_of(called))
    capitals = {word for one in said for word in _capitals(one.text)}
    return _Letter(
        draft, said, words | names, frozenset(pair for one in said for pair in _pairs(one.words)),
        frozenset(capitals) - names, on_record,
    )  # fmt: skip


def _said(text: str) -> _Said:
    return _Said(text, " ".join(spelled_out(text).split()), words_of(text))


def _capitals(sentence: str) -> Iterator[str]:
    """Words written as names are; of a sentence's first only those that no sentence begins with by chance."""
    for place, word in enumerate(_WRITTEN.findall(sentence)):
        plain = words_of(word)
        if word[:1].isupper() and plain and plain[0] != "i" and not (place == 0 and plain[0] in LIGHT):
            yield from plain


# The whole


def _not_plain(draft: str, suggestion: str) -> Refusal | None:
    scripts = {_script(letter) for letter in draft}
    for letter in suggestion:
        if letter not in _PLAIN and letter not in draft and (why := _strange(letter, scripts)):
            return Refusal(_around(suggestion, letter), why)
    if (listed := _LISTED.search(suggestion)) and not _LISTED.search(draft):
        return Refusal(_around(suggestion, listed[0]), "It makes a list of it.")
    held = {_bare(found) for found in _ADDRESS.findall(draft)}
    for found in _ADDRESS.findall(suggestion):
        if _bare(found) not in held:
            return Refusal(_around(suggestion, found), f"“{found.strip()}” is an address or number not in your letter.")
    return None


def _strange(letter: str, scripts: set[str]) -> str:
    """What is wrong with a letter that the draft has not; "" for a plain one."""
    if unicodedata.category(letter) in _INVISIBLE:
        return "There are letters in it that cannot be seen."
    if not letter.isalnum():
        return f"There is a sign in it that your letter has not: {letter}"
    if letter.isdigit() and not letter.isascii():
        return "There are digits of another script in it."
    return "" if letter.isdigit() or _script(letter) in scripts else "It is in another script."


def _script(letter: str) -> str:
    """ "LATIN" of "LATIN SMALL LETTER A"."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _bare(address: str) -> str:
    return address.strip(" .,;:!?()\"'”’").casefold()


def _around(text: str, what: str) -> str:
    """The sentence that holds it."""
    return next((one for one in sentences(text) if what.strip() and what in one), text)


def _lost(letter: _Letter, suggestion: str) -> Refusal | None:
    """A link is what such a letter is about; and a letter without any of its facts is one for anybody."""
    for found in _ADDRESS.findall(letter.text):
        if _bare(found) not in {_bare(each) for each in _ADDRESS.findall(suggestion)}:
            return Refusal(suggestion, f"“{found.strip()}” is gone from it.")
    facts = {word for word in letter.words if word not in LIGHT and len(word) > 2}
    if letter.capitals and not letter.capitals & set(words_of(suggestion)):
        return Refusal(suggestion, "Nothing in it is about this person any more.")
    if facts and not facts & set(words_of(suggestion)):
        return Refusal(suggestion, "Nothing is left in it of what your letter says.")
    return None


# One sentence. Each rule answers with the reason, or with nothing.


def _words_are_known(one: _Said, letter: _Letter) -> str:
    for word in one.words:
        if word in letter.words or word == "'s" or (word in letter.record and _about_them(one)):
            continue
        if word in _WHEN or word.isdigit() or word[:1].isdigit():
            return f"“{word}” is a number or a time that your letter does not name."
        if word in LIGHT or _stands_for(word, letter.words):
            continue
        return f"“{word}” is not in your letter."
    return ""


def _about_them(one: _Said) -> bool:
    """What is on record of someone may be asked, and no more: nobody has written it here."""
    return one.asks


def _stands_for(word: str, held: frozenset[str]) -> bool:
    return any(word in group and group & held for group in known.ALIKE)


def _names_are_known(one: _Said, letter: _Letter) -> str:
    held = letter.capitals | {word for word in letter.words if word not in LIGHT} | letter.record
    for place, written in enumerate(_WRITTEN.findall(one.text)):
        if not written[:1].isupper() or written == "I" or place == 0:
            continue
        plain = words_of(written)
        if plain and plain[0] == "i":
            continue
        if not all(word in held or word == "'s" for word in plain):
            return f"“{written}” looks like a name that your letter does not hold."
    first = one.words[:1]
    if first in (["will"], ["may"]) and not one.asks and first[0] not in letter.words:
        return f"“{one.text.split()[0]}” may be a name."
    return ""


def _others_are_known(one: _Said, letter: _Letter) -> str:
    found = next((word for word in one.words if word in known.OTHERS and word not in letter.words), "")
    return f"“{found}” is someone your letter does not speak of." if found else ""


def _times_are_as_they_were(one: _Said, letter: _Letter) -> str:
    """A number or a day keeps its neighbour: "five months" does not become "five years"."""
    runs = letter.runs
    for place, word in enumerate(one.words):
        if word not in _WHEN and not word[:1].isdigit():
            continue
        before = one.words[place - 1] if place else ""
        after = one.words[place + 1] if place + 1 < len(one.words) else ""
        stands_first = any(said.words[:1] == [word] for said in letter.said)
        kept = (before, word) in runs or (not before and stands_first)
        follows = not after or (word, after) in runs or after in LIGHT
        if not (kept and follows) and not ((word, after) in runs and before in LIGHT and word in NUMBERS):
            return f"“{' '.join(filter(None, (before, word, after)))}” is not what your letter says."
    return ""


def _nothing_is_turned_round(one: _Said, letter: _Letter) -> str:
    """What was not so stays not so, and what was so too."""
    was = {word for said in letter.said for word in _negated(said)}
    here = _negated(one)
    for word in here - was:
        if word not in LIGHT:
            return f"It turns round what your letter says of “{word}”."
    if any(word in NEGATIONS for word in one.words) and not _lets_be(one) and not here & was:
        return "It says “not” where your letter does not."
    stated = {word for word in one.words if word not in LIGHT} - here
    plainly = {word for said in letter.said for word in set(said.words) - _negated(said)}
    if turned := (stated & was) - plainly:
        return f"It turns round what your letter says of “{min(turned)}”."
    return ""


def _negated(said: _Said) -> set[str]:
    """The words that a negation reaches: the five after it, within its clause."""
    clauses = [words_of(clause) for clause in re.split(r"[,;:–—]", said.text)]
    return {
        near for words in clauses for place, word in enumerate(words) if word in NEGATIONS
        for near in words[place + 1 : place + 6]
    }  # fmt: skip


_LETS_BE = re.compile(
    r"\bno (?:need|rush|hurry|pressure|obligation|expectation|reply|answer|response)\b|\bnot feel\b|"
    r"\bnot (?:need|have) to (?:reply|answer|respond|write)\b|"
    r"\bnot (?:expect|need) (?:a|an|any) (?:reply|answer|response)\b|"
    r"\b(?:without|not) any (?:pressure|obligation)\b|\bno answer needed\b|\bnothing to (?:do|say|answer)\b"
)


def _lets_be(one: _Said) -> bool:
    return bool(_LETS_BE.search(one.plain))


def _nobody_does_anything_new(one: _Said, letter: _Letter) -> str:
    """Who does what is as the letter has it, or one of the few things that anyone may say of themselves."""
    for place, pair in _placed_pairs(one.words):
        if pair in letter.pairs or pair[:2] in known.SAFE_PAIRS or pair in known.SAFE_PAIRS:
            if pair[:2] in _ABOUT_TO and not _is_harmless(one.words[place:], letter):
                return f"“{_quoted(one.words, place)}” promises something that your letter does not."
            continue
        if _is_asked_or_wished(one, place, pair):
            continue
        return f"“{_quoted(one.words, place)}” is not what your letter says."
    return ""


_ABOUT_TO = frozenset(
    {("i", "would"), ("i", "am"), ("i", "was"), ("i", "want"), ("i", "wanted"), ("i", "hope"), ("i", "wish")}
)


def _quoted(words: Sequence[str], place: int) -> str:
    return " ".join(words[place : place + 4]).replace(" 's", "’s").replace("i ", "I ", 1)


def _is_harmless(rest: Sequence[str], letter: _Letter) -> bool:
    """ "I'd love to" goes on with hearing, knowing, saying; anything else must stand in the letter."""
    if "to" not in rest[:6]:
        return True
    at = rest.index("to")
    verb = rest[at + 1] if at + 1 < len(rest) else ""
    return verb in known.HARMLESS or ("to", verb) in letter.runs


def _is_asked_or_wished(one: _Said, place: int, pair: tuple[str, ...]) -> bool:
    """ "are you", "how you are", "I hope you": nothing is stated of anyone."""
    if pair[0] == "i":
        return False
    before = one.words[max(0, place - 3) : place]
    if one.asks and before and before[-1] in known.AUXILIARIES:
        return True
    if before and before[-1] in known.ASKING and (one.asks or pair[0] != "we"):
        return pair[1] in LIGHT or (pair[1] not in LIGHT and one.asks)
    return any(word in known.WISHING for word in before) and pair[1] in LIGHT and pair[0] != "we"


def _placed_pairs(words: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Subject and verb, with the verb's next word where it says nothing by itself: "i am glad"."""
    for place, word in enumerate(words):
        if word not in SUBJECTS or word == "who":
            continue
        rest = [(at, each) for at, each in enumerate(words[place + 1 :], place + 1) if each not in known.ADVERBS]
        if not rest or not _may_be_subject(words, place, rest[0][1]):
            continue
        verb = rest[0][1]
        more = [each for _, each in rest[1:3]]
        yield (
            place,
            (word, verb, *more[: 2 if more[:1] == ["not"] else 1]) if verb in known.AUXILIARIES else (word, verb),
        )


_NO_VERB = frozenset(
    [
        "and",
        "or",
        "but",
        "to",
        "at",
        "in",
        "on",
        "of",
        "for",
        "with",
        "from",
        "about",
        "as",
        "by",
        "up",
        "well",
        "at",
        "out",
        "these",
        "those",
        "this",
        "that",
        "the",
        "a",
        "an",
        "my",
        "your",
        "our",
        "there",
        "here",
        "now",
        "today",
        "lately",
        "recently",
        "nowadays",
        "currently",
        "when",
        "if",
        "how",
        "what",
        "whenever",
        "because",
        "though",
        "more",
        "all",
        "something",
        "everything",
        "some",
        "any",
        "busy",
        "occupied",
        "well",
        "glad",
        "happy",
        "good",
        "nice",
        "great",
        "fine",
        "lovely",
        "best",
        "better",
        "at",
        "either",
        "themselves",
        "smile",
        "laugh",
        "free",
    ]
)
_WAYS = frozenset(["from", "to", "into", "off", "out", "with", "without", "for", "by", "against"])


def _may_be_subject(words: Sequence[str], place: int, verb: str) -> bool:
    if verb in _NO_VERB or verb in known.MONTHS_AND_DAYS or verb in NUMBERS or verb[:1].isdigit():
        return False
    # "that film", "this week": it points at a thing; what follows a thing is judged by `_things`.
    return not (words[place] in ("that", "this") and verb not in known.AUXILIARIES | known.MIND)


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for _, pair in _placed_pairs(words):
        yield pair


def _things_do_nothing_new(one: _Said, letter: _Letter) -> str:
    """ "Tern Films is", "everything is", "film's": what is said of a thing is in the letter, or asked."""
    runs = letter.runs
    verbs = known.AUXILIARIES | {"'s"}
    for place, (word, verb) in enumerate(pairwise(one.words)):
        if verb not in verbs or word in SUBJECTS or (word in LIGHT and word not in known.NOUNS):
            continue
        if (word, verb) in runs or (verb == "'s" and word in letter.words and (word, "'s") in runs):
            continue
        before = one.words[max(0, place - 6) : place]
        asked = any(each in known.ASKING - {"if", "whenever"} for each in before) or any(
            each in known.WISHING for each in before
        )
        if not asked or (verb not in ("is", "are") and not one.asks):
            return f"“{word} {verb}” is not what your letter says."
    return ""


def _facts_keep_their_place(one: _Said, letter: _Letter) -> str:
    """A name or number stands with those who did it, and with the facts it stood with."""
    facts = [
        (place, word)
        for place, word in enumerate(one.words)
        if word in letter.capitals or word[:1].isdigit() or word in known.MONTHS_AND_DAYS
    ]
    placed = list(_placed_pairs(one.words))
    for place, word in facts:
        homes = [said for said in letter.said if word in said.words]
        at, pair = next(((at, pair) for at, pair in reversed(placed) if at < place), (-1, ()))
        if pair and not _goes_with(one, at, pair, homes):
            return f"“{_quoted(one.words, at)}” and “{word}” do not stand together in your letter."
        if not pair and homes and not one.asks and not _stated_alike(one, place, homes, letter):
            return f"Your letter does not say this of “{word}”."
    return _apart(one, facts, placed, letter) or _other_way(one, letter)


def _goes_with(one: _Said, at: int, pair: tuple[str, ...], homes: Sequence[_Said]) -> bool:
    if any(pair in set(_pairs(home.words)) for home in homes) or pair[:2] in known.SAFE_WITH_FACT:
        return True
    if pair in known.SAFE_WITH_FACT or not homes:
        return True
    subject = {word for home in homes for word in home.words}
    return _is_asked_or_wished(one, at, pair) and pair[0] in subject | {"it", "there", "that"}


def _stated_alike(one: _Said, place: int, homes: Sequence[_Said], letter: _Letter) -> bool:
    """Without anyone before it: it goes on as in the letter, or comes to mind, or is wished well."""
    after = one.words[place + 1 : place + 8]
    if any(word in known.MIND for word in after) or any(word in known.WISHING for word in one.words[:place]):
        return True
    later = [pair for at, pair in _placed_pairs(one.words) if at > place]
    said = {word for word in one.words if word not in LIGHT and not _stands_for(word, letter.words)}
    alike = any(said <= set(home.words) for home in homes)
    return alike and all(pair in letter.pairs or pair[:2] in known.SAFE_PAIRS for pair in later)


def _apart(
    one: _Said, facts: Sequence[tuple[int, str]], placed: Sequence[tuple[int, tuple[str, ...]]], letter: _Letter
) -> str:
    """Two facts in one sentence stood in one, or, where another clause begins between them, in the next."""
    sides = [set(said.words) for said in letter.said]
    near = [two | more for two, more in zip(sides, [*sides[1:], set()], strict=True)]
    for (start, one_fact), (end, other) in pairwise(facts):
        held = near if any(start < at < end for at, _ in placed) else sides
        if not any({one_fact, other} <= side for side in held):
            return f"“{one_fact}” and “{other}” do not stand together in your letter."
    content = {word for word in one.words if word in letter.words and word not in LIGHT}
    if content and near and not any(content <= side for side in near):
        return "It puts together what stands apart in your letter."
    return ""


def _other_way(one: _Said, letter: _Letter) -> str:
    """ "From the station" is not "to the station"."""
    held: dict[str, set[str]] = {}
    for said in letter.said:
        for word, way in _ways(said.words):
            held.setdefault(word, set()).add(way)
    for word, way in _ways(one.words):
        if word in held and way not in held[word]:
            return f"“{way} {word}” is not what your letter says."
    return ""


def _ways(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word that says something, with the preposition before it."""
    for place, word in enumerate(words):
        before = [each for each in words[max(0, place - 2) : place] if each in _WAYS]
        if before and word not in LIGHT:
            yield word, before[-1]


def _nothing_is_claimed(one: _Said, letter: _Letter) -> str:
    spelled = " ".join(" ".join(said.plain for said in letter.said).split())
    for found in _CLAIMS.finditer(one.plain):
        if found[0] not in spelled:
            return f"“{found[0]}” claims something that your letter does not."
    if _NEWNESS.search(one.plain) and "new" not in letter.words and not _ANYTHING_NEW.search(one.plain):
        return "“new” is not in your letter."
    return ""


def _nothing_is_bidden(one: _Said, letter: _Letter) -> str:
    if one.asks or _PLEASANT.match(one.plain):
        return ""
    if found := _SOFT_ASK.search(one.plain):
        if found[0] not in " ".join(said.plain for said in letter.said):
            return f"“{found[0]}” asks for something."
        return ""
    held = {found[1] for said in letter.said for found in _BID.finditer(said.plain)}
    for found in _BID.finditer(one.plain):
        if found[1] not in held:
            return f"“{found[0].strip(' ,;:')}” tells them to do something."
    return ""


_RULES = (
    _words_are_known, _names_are_known, _others_are_known, _times_are_as_they_were, _nothing_is_bidden,
    _nothing_is_claimed, _nothing_is_turned_round, _nobody_does_anything_new, _things_do_nothing_new,
    _facts_keep_their_place,
)  # fmt: skip
