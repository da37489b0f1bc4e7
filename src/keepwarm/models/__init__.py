"""The tables: fields, constraints, named querysets, one-row properties."""

from keepwarm.models.accounts import Account, Appointment
from keepwarm.models.imports import ImportChange, ImportFile, ImportMapping, ImportProblem, ImportRun, SourceRecord
from keepwarm.models.jobs import Beat
from keepwarm.models.people import Fact, Person, Photo, Summary
from keepwarm.models.picks import Draft, Pick
from keepwarm.models.search import SearchText, SearchWord
from keepwarm.models.sessions import Session, Step, TagRhythm
from keepwarm.models.spaces import Action, Circle, Membership, OwnerFact, SignInLink, Space, User
from keepwarm.models.strangers import Stranger
from keepwarm.models.touches import Note, Touch

__all__ = [
    "Account", "Action", "Appointment", "Beat", "Circle", "Draft", "Fact", "ImportChange", "ImportFile",
    "ImportMapping", "ImportProblem", "ImportRun", "Membership", "Note", "OwnerFact", "Person", "Photo", "Pick",
    "SearchText", "SearchWord", "Session", "SignInLink", "SourceRecord", "Space", "Step", "Stranger", "Summary",
    "TagRhythm", "Touch", "User",
]  # fmt: skip
