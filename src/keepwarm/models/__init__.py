"""The tables: fields, constraints, named querysets, one-row properties."""

from keepwarm.models.accounts import Account, Appointment
from keepwarm.models.doors import Ask, Door
from keepwarm.models.duplicates import Likeness, Suggestion
from keepwarm.models.feeds import Arrival, Feed, Magazine, Visit
from keepwarm.models.imports import (
    ImportChange,
    ImportFile,
    ImportMapping,
    ImportNews,
    ImportProblem,
    ImportRun,
    SourceRecord,
)
from keepwarm.models.introductions import Introduction, Side
from keepwarm.models.jobs import Beat
from keepwarm.models.just_met import Event, FirstMeeting
from keepwarm.models.matching import Interest, Sense, Telling
from keepwarm.models.merge import Merge
from keepwarm.models.moments import Moment
from keepwarm.models.needs import Phrase
from keepwarm.models.people import Fact, Person, Photo, Summary
from keepwarm.models.picks import Draft, Pick
from keepwarm.models.promises import Promise
from keepwarm.models.reminders import Channel, Nudge, Reminder
from keepwarm.models.rewording import Consent, Rewording
from keepwarm.models.search import SearchText, SearchWord
from keepwarm.models.sessions import Session, Step, TagRhythm
from keepwarm.models.shapes import OwnShape
from keepwarm.models.shelf import Item, ItemText, Share
from keepwarm.models.spaces import Action, Circle, Membership, OwnerFact, SignInLink, Space, User
from keepwarm.models.strangers import Stranger
from keepwarm.models.touches import Note, Touch

__all__ = [
    "Account", "Action", "Appointment", "Arrival", "Ask", "Beat", "Channel", "Circle", "Consent", "Door", "Draft",
    "Event", "Fact", "Feed", "FirstMeeting", "ImportChange", "ImportFile", "ImportMapping", "ImportNews",
    "ImportProblem", "ImportRun", "Interest", "Introduction", "Item", "ItemText", "Likeness", "Magazine",
    "Membership", "Merge", "Moment", "Note", "Nudge", "OwnShape", "OwnerFact", "Person", "Photo", "Phrase", "Pick",
    "Promise", "Reminder", "Rewording", "SearchText", "SearchWord", "Sense", "Session", "Share", "Side",
    "SignInLink", "SourceRecord", "Space", "Step", "Stranger", "Suggestion", "Summary", "TagRhythm", "Telling",
    "Touch", "User", "Visit",
]  # fmt: skip
