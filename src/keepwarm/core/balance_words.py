"""What gives and what asks, by its words: a line about an exchange, a letter, the subject of one."""

from __future__ import annotations

import re
from typing import NamedTuple

from keepwarm.core.line_words import HER, NAME_WORD, WHOM, by_them, rule

GIVE, ASK, NEUTRAL = "give", "ask", "neutral"
# Touch.kind: a draft's shape, or what a source calls it, by which something was given.
GIVES = frozenset({"saw_this", "congratulate", "comment", "introduction", "endorsement", "recommendation"})
TALK = "talk"  # the letter that proposes a conversation: that it asks for one is what it is for


class Found(NamedTuple):
    """What a line gives or asks, and where it says so."""

    balance: str
    start: int
    end: int


def of_kind(kind: str, direction: str) -> str:
    """By what the source or the draft says it is. What they do for the owner is neither."""
    return GIVE if kind in GIVES and direction != "in" else NEUTRAL


def of_letter(kind: str, body: str) -> str:
    """A letter that was sent: one that asks for something is an ask, whatever else it holds."""
    return ASK if kind != TALK and ask_in(body) else of_kind(kind, "out")


def of_subject(subject: str, direction: str) -> str:
    """A letter of which only the subject is known. An answer is about what somebody else began."""
    if direction != "out" or not subject:
        return NEUTRAL
    return ASK if _ASKING.match(subject) else GIVE if _GIVING.match(subject) else NEUTRAL


def in_line(said: str) -> Found | None:
    """The first thing in the line that the user gave or asked; what the other did is no part of it."""
    found = [
        (match.start(), balance, match)
        for balance, words in ((GIVE, _GIVE), (ASK, _ASK))
        for match in words.finditer(said)
        if not by_them(said, *_verb_of(match))
    ]
    if not found:
        return None
    start, balance, match = min(found, key=lambda one: one[:2])
    return Found(balance, start, start + len(match[0].rstrip()))


def _verb_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the first word of the match stands: whom it is done to comes after it."""
    return match.start(), match.start() + len(match[0].split()[0])


# --- the subject of a letter --------------------------------------------------------------------------

# Only what begins with it: "Thank you for your help" asks for nothing, and "Re: Introduction" gives nothing.
_ASKING = re.compile(
    r"\s*(?:(?:a|one|another) )?(?:(?:quick|small|big|little) )?(?:favou?r\b|request (?:for|to)\b"
    r"|(?:intro|introduction|reference|referral|quote)(?: request\b| wanted\b|\?)|asking for\b|in need of\b"
    r"|(?:could|can|would) you (?:help|recommend|introduce|send|share|connect|please|look|review|put|refer)\b"
    r"|(?:i )?need (?:your|some|an?)\b|(?:your )?(?:help|advice|opinion) (?:needed|wanted|please|on)\b"
    r"|do you know (?:any|some)(?:one|body)\b|looking for (?:an?|your|some)\b)",
    re.IGNORECASE,
)
_GIVING = re.compile(
    r"\s*(?:intro(?:duction|ducing)?(?:: |s: | of | to )|introducing\b|congrat(?:s|ulations)\b|well done\b"
    r"|happy birthday\b|(?:saw|read|found) this\b|thought (?:of|this may interest) you\b"
    r"|(?:this )?(?:made me think|reminded me) of you\b|for you: )",
    re.IGNORECASE,
)

# --- a line about an exchange -------------------------------------------------------------------------

_PLAIN_THINGS = (
    r"(?:(?:quick|short|long|little|kind|first|second|follow-up|linkedin|whatsapp|text|voice|calendar) )*"
    r"(?:note|message|mail|e-?mail|text|whatsapp|line|reminder|invoice|invite|invitation|request|cv|résumé|resume|bill|"
    r"quote|proposal|contract|hello|reply|answer|letter|dm|sms)"
)
_GIVE = rule(
    rf"introduc(?:ed|ing)|intro['’]?d|made (?:an?|the|two|some) intro(?:duction)?s?|connected {WHOM} (?:with|to)"
    rf"|put (?:\S+ ){{1,4}}in touch|put in a (?:good |kind )?word|recommended(?! by)|referred(?! by)|vouched|endorsed"
    rf"|congrat(?:s|ulated|ulations)|shared|forwarded|passed (?:on|along)|passed {WHOM} the|lent"
    rf"|gave(?! (?:up|notice|birth|in|a talk))|helped|offered|treated {WHOM}"
    rf"|bought (?:{HER} |{NAME_WORD} (?=a|the|lunch|coffee|dinner|drinks))?(?:a|the|lunch|coffee|dinner|drinks)"
    rf"|reviewed|proof-?read|looked over|wrote {WHOM} a (?:reference|recommendation|testimonial|review)|invited"
    rf"|sent(?: {WHOM})?(?: {NAME_WORD})?(?: over)? (?:the|an?|my|some|our|two|this|that)(?! {_PLAIN_THINGS}\b)"
    rf"|sent (?:{WHOM} )?(?:flowers|books?|articles?|links?|photos?|slides|the deck)"
)
_ASK = rule(
    rf"asked(?: {WHOM})?(?: {NAME_WORD})? (?:for|to|(?:if|whether) (?:she|he|they) (?:could|would|can|might|may))"
    rf"|asked(?: {WHOM})? (?:a|the) (?:small |big )?favou?r|requested|borrowed|pitched(?: {WHOM})?"
    r"|sought (?:advice|help)|need(?:ed)? (?:her|his|their) (?:help|advice|view|opinion)"
    r"|wanted (?:her|his|their) (?:help|advice|view|opinion)|picked (?:her|his|their) brains?"
)

# --- a letter -----------------------------------------------------------------------------------------


def ask_in(text: str) -> str:
    """The first words that ask for something, as the text has them; "" if it asks for nothing."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text.replace("’", "'")):
        for found in _ASKS.finditer(sentence):
            if not _TAKEN_BACK.search(sentence[: found.start()]):
                return found[0].strip()
    return ""


# Not an ask: "can you believe it"; the offers "let me know if you need anything", "I could introduce you".
_WISH = r"(?:i'd|i would|we'd|we would) (?:love|like|appreciate|value|welcome|be grateful for)"
_SOMEONE = r"(?:anyone|anybody|someone|somebody|of (?:any|an?|some)\b|who (?:might|could)|people who)"
_DO = r"(?:send|share|help|connect|refer|recommend|pass|put|look|review|take|give|point|forward|check|vote)"
_SMALL = r"(?:an?|one|some|your) (?:quick |short |small |little |big |\w+-minute )?"
_ASKS = re.compile(
    r"\b(?:"
    + "|".join(
        (
            # a favour of theirs
            r"(?:could|can|will) you\b(?! (?:believe|imagine))",
            r"would you (?:mind|consider|kindly|please|know|recommend|introduce|have (?:time|a minute|"
            r"a moment|half))",
            r"would you be (?:able|willing|open|up for|interested|free|available|so kind)",
            r"any chance (?:that )?(?:you|we|of)|(?:is|would) (?:it|there) (?:be )?(?:possible|a chance)",
            r"wonder(?:ing|ed)? if (?:you|we) (?:could|would|might|can|know|have|are open)",
            rf"(?:do me|ask (?:you )?(?:for )?|i have|i had) {_SMALL}(?:favou?r|request)|do me a favou?r",
            r"(?:small|quick|big|little) favou?r",
            rf"(?:please|kindly) (?:let me know|{_DO}|introduce|get back|reply|respond|confirm|sign|"
            rf"buy|join|support)",
            r"(?:need|could use) (?:your|some) (?:help|advice|support|input)|help me\b",
            r"(?:i'd|i would) (?:appreciate it|be grateful|be thankful)",
            # advice
            rf"{_WISH} (?:to (?:pick|get|hear|have) )?your (?:advice|help|thoughts|opinion|feedback|"
            r"input|support|view|take|perspective|brain)|pick your brain",
            # time
            rf"{_WISH} (?:to (?:get|have|set up|schedule|book|arrange) )?{_SMALL}"
            r"(?:call|chat|meeting|demo|slot)",
            r"do you have (?:any )?(?:time|a minute|a few minutes|\w+ minutes|half an hour|an hour|"
            r"an? opening|any openings|budget)",
            r"(?:jump|hop|get|go) on an? (?:quick |short )?(?:call|zoom|video call)",
            r"(?:quick|short|brief) (?:call|zoom)\b",
            rf"(?:schedule|set up|arrange|book(?: in)?|grab) {_SMALL}(?:call|time|meeting|demo|slot)",
            r"(?:minutes|some) of your time|your calendar",
            # their people
            rf"let me know if you(?:'d| would)? (?:know|hear|can|could|come across|"
            rf"have {_SMALL}(?:opening|role|job|lead|position|contact|need)|"
            r"are (?:hiring|looking|interested|free|available)|"
            r"be (?:interested|open|free))",
            rf"(?:do|would|might) you (?:happen to )?know {_SOMEONE}|if you know {_SOMEONE}",
            r"know anyone (?:who|hiring|looking)",
            r"(?:introduce|intro|connect|refer|recommend) me\b|put me in touch|vouch for me|"
            r"a good word for me",
            rf"{_WISH} an? (?:warm )?(?:intro|introduction|referral)",
            r"(?:need|want|after|get|hoping for) an? (?:warm )?(?:intro|introduction|referral)\b",
            # work and money
            r"(?:i'm|i am|we're|we are) (?:currently |now |also )?(?:looking for|raising|seeking|"
            r"on the market|job hunting|hiring)",
            r"my (?:cv|resume|résumé|pitch deck|portfolio)\b",
            r"(?:check out|have a look at|take a look at|support|vote for|invest in) (?:my|our|me|us)\b",
            r"sign up|subscribe|donate|like and share",
            rf"interested in (?:my|our)\b|{_WISH} to (?:tell you about|show you|"
            rf"talk to you about) (?:my|our|the|an?)\b",
            r"looking forward to your (?:reply|answer|response)|hope to hear back",
        )
    )
    + ")",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"(?:\bno need|\bnot (?:asking|going to|here to|writing to|after)|n't (?:need|want|have) to|"
    r"\bwithout\b|"
    r"\bnothing\b|\bnever\b|\bif (?:i|we)\b)[^,;:]{0,25}$",
    re.IGNORECASE,
)
