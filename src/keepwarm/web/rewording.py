"""Say it otherwise: where a model is set up, who has agreed, and one letter with a suggestion beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.conf import settings as options
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.core import rewording as core
from keepwarm.core.rewording import TONES, Outcome
from keepwarm.models import Consent, Membership, Person, Rewording
from keepwarm.store import letters, rewording, secrets
from keepwarm.sync import rewording as outside
from keepwarm.sync.rewording import Endpoint, Trouble
from keepwarm.web import access, limits

ASKS_AN_HOUR = 120
PATIENCE = 30  # seconds beyond the time-out, after which a letter that is on its way is given up
LOST_KEY = "The key cannot be read any more. Give it once more under Say it otherwise."
EXAMPLE = (
    "Hi Maria,\n\nI was thinking about how we met, at a conference in Leeds, and it made me want to write. How are "
    "things at Tern Films, and what are you working on these days?\n\nNo need for a long answer, or any answer at all "
    "if the week is full. I just wanted to say hello.\n\nInes"
)
BACK = {"today": "today", "session": "session"}  # else the page of the person


@dataclass(frozen=True)
class Where:
    """The model as it is named to the user, and what it means to ask it."""

    model: str
    host: str
    here: bool  # on the machine that Keepwarm runs on
    own: bool  # and that machine is the user's own

    @property
    def leaves(self) -> str:
        if self.here and self.own:
            return "This stays on this machine."
        return f"This leaves {'Keepwarm' if self.here else 'your machine'} to {self.host}."

    @property
    def mark(self) -> str:
        """Beside every suggestion."""
        if self.here:
            return f"Reworded by {self.model} on {'this machine' if self.own else 'Keepwarm’s own server'}"
        return f"Reworded by {self.model}, sent to {self.host}"


def where(held: Rewording) -> Where:
    here = rewording.is_here(held.address)
    return Where(held.model, rewording.host(held.address), here, not options.PUBLIC_URL)


def offered(request: HttpRequest) -> dict[str, Any]:
    """For every template: `otherwise`, the model of this space with the tones; None where none is set up."""
    return {"otherwise": SimpleLazyObject(lambda: _offered(request))}


def _offered(request: HttpRequest) -> dict[str, Any] | None:
    try:
        held = rewording.of(access.space(request))
    except Http404:  # an account without a network is told so by its pages
        return None
    return {"where": where(held), "tones": TONES.items()} if held else None


# The page of the settings


class WordsForm(forms.Form):
    """Where the model is. The key is written and never shown."""

    address = forms.CharField(
        label="Address", max_length=400, help_text="As your model’s own pages name it, mostly up to /v1.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip
    model = forms.CharField(
        label="Model", max_length=200, required=False, help_text="Leave it empty to choose from those that are there.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "list": "models"}
        ),
    )  # fmt: skip
    key = forms.CharField(
        label="Key", max_length=1000, required=False, strip=True, help_text="A model of your own mostly needs none.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *given: Any, has_key: bool = False, **how: Any) -> None:
        super().__init__(*given, **how)
        if has_key:
            self.fields["key"].help_text = "Leave it empty to keep the one you gave. It goes to this host alone."

    def clean_address(self) -> str:
        address = rewording.tidy(self.cleaned_data["address"])
        if why := outside.unfit(address):
            raise forms.ValidationError(why)
        return address

    def clean_key(self) -> str:
        said = str(self.cleaned_data["key"])
        if not (said.isascii() and said.isprintable()):  # it becomes a line of a request
            raise forms.ValidationError("A key has plain letters and signs only: copy it again.")
        return said


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    held = rewording.of(member.space)
    if request.method != "POST":
        return _page(request, member, held)
    if not member.is_owner:
        return _owner_only(request)
    form = WordsForm(request.POST, has_key=bool(held and held.secret))
    if not form.is_valid():
        return _page(request, member, held, form)
    said = form.cleaned_data
    if "list" in request.POST or not said["model"]:
        return _listed(request, member, held, form)
    action = rewording.keep(member, said["address"], said["model"], said["key"], timezone.now())
    if action:
        _undoable(request, action.id, "Kept. Each member is asked before a first letter goes there.")
    return redirect("words")


def _page(
    request: HttpRequest, member: Membership, held: Rewording | None, form: WordsForm | None = None, **more: Any
) -> HttpResponse:
    initial = {"address": held.address, "model": held.model} if held else {}
    context = {
        "form": form or WordsForm(initial=initial, has_key=bool(held and held.secret)),
        "member": member, "held": held, "where": where(held) if held else None,
        "given": rewording.consent(held, member.user) if held else None,
        "at_home": outside.may_be_at_home(), "seconds": options.REWORDING_SECONDS, "tones": TONES.items(), **more,
    }  # fmt: skip
    return render(request, "rewording/settings.html", context, status=422 if form and form.errors else 200)


def _listed(request: HttpRequest, member: Membership, held: Rewording | None, form: WordsForm) -> HttpResponse:
    """The page with the models that are at the address; nothing is kept yet."""
    try:
        found = outside.models(_typed(form, held)) if _may_ask(request) else []
        if not found:
            form.add_error("model", "No list of models came. Name the model yourself.")
    except (Trouble, secrets.Lost) as trouble:
        found = []
        said = LOST_KEY if isinstance(trouble, secrets.Lost) else str(trouble).replace(f" {outside.STAYS}", "")
        form.add_error("address", said)
    return _page(request, member, held, form, models=found)


def _typed(form: WordsForm, held: Rewording | None) -> Endpoint:
    """As it stands in the form; the key that is kept goes only where it was given for."""
    address, key = form.cleaned_data["address"], form.cleaned_data["key"]
    if not key and held and held.address == address:
        key = rewording.key(held)
    return Endpoint(address, form.cleaned_data["model"], key)


@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """An invented letter goes there, and the page shows what became of it."""
    member = access.membership(request)
    held = rewording.of(member.space)
    if not member.is_owner:
        return _owner_only(request)
    if held is None:
        messages.error(request, "First say where the model is.")
        return redirect("words")
    tone = request.POST.get("tone", core.PLAINER)
    tone = tone if tone in TONES else core.PLAINER
    tried: dict[str, Any] = {"draft": EXAMPLE, "tone": TONES[tone]}
    if not _may_ask(request):
        return redirect("words")
    try:
        answer = outside.said_otherwise(_endpoint(held), core.request(EXAMPLE, tone, "mail", held.model))
        tried |= _shown(EXAMPLE, core.judge(EXAMPLE, answer, tone=tone, channel="mail", shape="hello"))
    except (Trouble, secrets.Lost) as trouble:
        tried["trouble"] = LOST_KEY if isinstance(trouble, secrets.Lost) else str(trouble)
    return _page(request, member, held, tried=tried)


@require_POST
def off(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    if not member.is_owner:
        return _owner_only(request)
    if action := rewording.turn_off(member, timezone.now()):
        _undoable(request, action.id, "It is off, and the key is forgotten.")
    return redirect("words")


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    member, action = access.membership(request), access.words_change(request, id)
    if not member.is_owner:
        return _owner_only(request)
    rewording.undo(action, member, timezone.now())
    held = rewording.of(member.space)
    messages.success(
        request, "As it was before." + (" Give the key again, if it needs one." if held and not held.secret else "")
    )
    return redirect("words")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """A member's own yes is a no again."""
    member = access.membership(request)
    rewording.take_back(member.space, member.user)
    messages.success(request, "You are asked again before the next letter goes anywhere.")
    return redirect("words")


def _owner_only(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Only the owner of this space may say where its letters go.")
    return redirect("words")


def _undoable(request: HttpRequest, id: UUID, said: str) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('words_undo', args=[id])}")


def _may_ask(request: HttpRequest) -> bool:
    if limits.allows(f"rewording:{access.user(request).id}", ASKS_AN_HOUR):
        return True
    messages.error(request, f"{ASKS_AN_HOUR} letters an hour are enough. Please wait a while.")
    return False


def _endpoint(held: Rewording) -> Endpoint:
    return Endpoint(held.address, held.model, rewording.key(held))


# A letter


class Asked(NamedTuple):
    """What the page of a letter sends along."""

    shape: str
    subject: str
    body: str
    tone: str
    channel: str
    back: str


@require_POST
def letter(request: HttpRequest, id: UUID) -> HttpResponse:
    """A suggestion beside the letter; before the first one, what would leave. Nothing is sent to the person or kept."""
    person, member = access.person(request, id), access.membership(request)
    held, asked = rewording.of(member.space), _asked(request, person)
    if held is None:
        return _answer(request, person, asked, None, trouble="No model is set up that could say it otherwise.")
    if why := _unfit(asked):
        return _answer(request, person, asked, held, trouble=why)
    said, given = request.POST.get("agreed", ""), rewording.consent(held, member.user)
    if said == "yes" and given is None and request.POST.get("host") == where(held).host:
        rewording.agree(held, member.user, timezone.now())
        given = rewording.consent(held, member.user)
    if given is None:
        shown = core.request(asked.body, asked.tone, asked.channel, held.model)
        return _answer(request, person, asked, held, first=shown, first_url=f"{held.address}/chat/completions")
    return _answer(request, person, asked, held, **_suggested(request, person, held, given, asked))


def _asked(request: HttpRequest, person: Person) -> Asked:
    shape, subject, body, tone, way, back = (
        request.POST.get(name, "").replace("\r\n", "\n") for name in ("shape", "subject", "body", "tone", "way", "back")
    )
    if way not in letters.CHANNELS:
        way = letters.primary(letters.links([person.id])[person.id])
    came = request.headers.get("Referer", "")
    if back not in BACK:
        back = "session" if "/week/" in came else "person" if "/people/" in came or back == "person" else "today"
    return Asked(shape, subject[:500], body, tone, way, back)


def _unfit(asked: Asked) -> str:
    if asked.shape not in letters.LABELS or asked.tone not in TONES:
        return "There is no such kind of message."
    return core.unfit(asked.body)


def _suggested(request: HttpRequest, person: Person, held: Rewording, given: Consent, asked: Asked) -> dict[str, Any]:
    """The suggestion, or why there is none."""
    if not rewording.begin(given, timezone.now(), options.REWORDING_SECONDS + PATIENCE):
        return {"trouble": "The letter before this one is still on its way. Try again in a moment."}
    try:
        if not limits.allows(f"rewording:{given.user_id}", ASKS_AN_HOUR):
            return {"trouble": f"{ASKS_AN_HOUR} letters an hour are enough. Please wait a while."}
        asking = core.request(asked.body, asked.tone, asked.channel, held.model)
        answer = outside.said_otherwise(_endpoint(held), asking)
    except secrets.Lost:
        return {"trouble": LOST_KEY}
    except Trouble as trouble:
        return {"trouble": str(trouble)}
    finally:
        rewording.end(given)
    made = core.judge(
        asked.body, answer, tone=asked.tone, channel=asked.channel, shape=asked.shape,
        record=rewording.on_record(person),
    )  # fmt: skip
    return _shown(asked.body, made)


def _shown(draft: str, made: Outcome) -> dict[str, Any]:
    """For the template: the words that change, or the sentence that was refused."""
    if made.refused:
        return {"refused": made.refused}
    return {"suggestion": made.body, "parts": core.difference(draft, made.body)}


def _answer(request: HttpRequest, person: Person, asked: Asked, held: Rewording | None, **more: Any) -> HttpResponse:
    """The piece for the letter, else a page with the letter and the suggestion side by side."""
    context = {"person": person, "asked": asked, "where": where(held) if held else None, "tones": TONES.items()} | more
    context["tone"] = TONES.get(asked.tone, "")
    context["back_url"] = reverse(BACK[asked.back]) if asked.back in BACK else reverse("person", args=[person.id])
    piece = request.htmx  # type: ignore[attr-defined]
    return render(request, "rewording/_answer.html" if piece else "rewording/letter.html", context)
