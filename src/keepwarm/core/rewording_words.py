"""The words that a rewording may bring in, for they state nothing: all others must stand in the letter already."""

from __future__ import annotations

import re
from typing import Final

_SHORT = re.compile(r"\b(?:can't|won't|shan't)\b")
_SHORT_FULL = {"can't": "can not", "won't": "will not", "shan't": "shall not"}
_SHORTENED = (
    (re.compile(r"\b(\w+)n't\b"), r"\1 not"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"\b(i|you|we|it|that|they|he|she|who)'d\b"), r"\1 would"),
    (re.compile(r"\b(it|that|there|here|what|how|where|who|he|she|this|everything|all)'s\b"), r"\1 is"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"(\w)'s\b"), r"\1 's"),
)


def spelled_out(text: str) -> str:
    """Lower case, "I'm" as "i am": so that a contraction is no other word."""
    text = text.casefold().replace("’", "'").replace("‘", "'")
    text = _SHORT.sub(lambda found: _SHORT_FULL[found[0]], text)
    for short, full in _SHORTENED:
        text = short.sub(full, text)
    return text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUBJECTS: Final = _words("i you we it that this there he she they who")
OTHERS: Final = _words("he she they him her them his their hers theirs")
AUXILIARIES: Final = _words("am is are was were be been being have has had do does did will would can could may might")
NEGATIONS: Final = _words("not no never nothing none without neither nor nobody hardly barely")
# Between who and does: "I was still", "I really hope".
ADVERBS: Final = _words("still also really just simply only truly certainly sincerely very so too now even quite again")
ASKING: Final = _words("what how where who which when why whether if whenever wherever whatever however")
WISHING: Final = _words("hope hoping wish wishing trust")
NOUNS: Final = _words("everything all things life work days day news end side something anything week")

LIGHT: Final = (
    SUBJECTS - OTHERS | AUXILIARIES | NEGATIONS | ADVERBS | ASKING | WISHING | NOUNS
    | _words(
        """
        a an the and or but as at by for from in into of off on onto out over to up with about around along than then
        because though although me my mine your yours our ours us its one ones myself yourself these those
        here some any every each more most much many lot bit other same own else such both enough plenty
        hello hi hey greetings glad happy pleased delighted lovely nice good great wonderful warm warmly fine well best
        better brilliant curious interested think thinking thought thoughts mind came come comes coming crossed cross
        popped pop brought bring make makes made want wanted wanting like love wonder wondering wondered hear know
        say saying keep keeping keeps go goes going get getting treat treats treating feel feeling
        lately recently nowadays currently moment short quick quickly little small simple brief note line word words
        message write writing drop dropping reach reaching touch reply replying answer answering respond responding
        response need needed pressure rush hurry obligation expectation expected whenever suits suit free ease
        easy new working enjoy enjoying back connection way ways right there busy occupied care take looking look
        especially particularly perhaps maybe possible sure simply happily fondly truly kind regards
        wishes thrilled excited gladly hopefully honestly found finding happened heart sweet cheer
        wishing greeting smile smiled reminded reminder name
        """
    )
)  # fmt: skip

# Days, times and numbers in words: never brought in.
NUMBERS: Final = _words(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half quarter dozen couple
    few several decade decades first second third fourth fifth once twice thrice
    """
)
MONTHS_AND_DAYS: Final = _words(
    """
    january february march april june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
    """
)
TIMES: Final = _words(
    """
    yesterday tomorrow tonight morning afternoon evening night weekend month months year years weeks hour hours minute
    minutes last next ago until till since before after during soon later spring summer autumn winter christmas easter
    """
)

# One may stand for another, where the letter has one of them.
ALIKE: Final = tuple(
    map(
        _words,
        (
            "hello hi hey greeting greetings", "thank thanks", "reply answer respond response",
  "congratulations congrats",
            "busy occupied", "message note line word letter", "job role post position", "hurry rush pressure",
            "nice good lovely fine pleasant", "glad happy pleased delighted", "wondering wondered wonder curious",
            "life things everything", "wanted want", "article piece", "read reading", "happening going",
            "appeals suits", "began started", "recently lately", "long while ages", "silence quiet",
            "excuse reason", "news update updates", "company firm", "wonderful great brilliant fantastic",
            "enjoy enjoying like liking", "thought thinking think reminded", "town city", "months while",
            "since while", "interesting interest interests interested", "fills fill filling", "share sharing",
            "staying stay keeping keep", "wonderful marvellous", "well-deserved deserved",
        ),
    )
)  # fmt: skip

# Who does what, that may be said of anyone at any time. With a third word where the second says nothing by itself.
SAFE: Final = frozenset(
    """
    i hope|i wish|i thought|i think|i wonder|i wondered|i want|i wanted|i would|i am glad|i am happy|i am thinking
    i am curious|i am wondering|i am hoping|i am writing|i am wishing|i am pleased|i was thinking|i was wondering
    i was happy|i found myself|i was glad|i was pleased|i was delighted|i am interested|i am sending|i
    am reaching|i am dropping|i was curious
    i was just thinking|i do hope|i do not need|i do not expect|i do not want|you came|you crossed|you popped
    you are on|you were on|you have a|you have the|you like|you want|you feel|you need|it is|it would|it made
    it makes|it came|it brought|that is|that would|that made|this is|there is no|there is|this brought
    """.replace("\n", "|").strip().split("|")
)  # fmt: skip
SAFE_PAIRS: Final = frozenset(tuple(each.split()) for each in SAFE if each.strip())
# The same, where a fact is named beside it: "I thought of Tern Films".
SAFE_WITH_FACT: Final = frozenset(
    tuple(each.split())
    for each in [
        "i hope",
        "i thought",
        "i wondered",
        "i wonder",
        "i am curious",
        "i am wondering",
        "i was thinking",
        "i was wondering",
        "i am thinking",
        "i would",
        "you came",
        "you crossed",
        "you popped",
        "it made",
        "i was curious",
        "i am interested",
    ]
)
MIND: Final = _words("came crossed popped made brought caught makes brings reminded")
# What "I'd be glad to" may go on with.
HARMLESS: Final = _words("hear know say wish be")
BIDDING: Final = _words(
    """
    write keep come go get make know drop reply answer respond reach let tell work call send come think hear look
    bring give take need say do have be enjoy
    """
)
