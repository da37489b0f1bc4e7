"""The one-time link: it makes the owner on the first run, and lets back in who lost a password."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from keepwarm.models import SignInLink, User
from keepwarm.store import spaces
from keepwarm.web import access

BY_LINK = "signed_in_by_link"  # in the session: when, in seconds since 1970
BY_LINK_FOR = 15 * 60
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password"})


class PasswordForm(forms.Form):
    """One new password, checked as any other; browsers offer to keep it, so it is asked once."""

    password1 = forms.CharField(label="Password", widget=PASSWORD, help_text="At least eight characters.")

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.whose())
        return password

    def whose(self) -> User | None:
        """Whose name and address the password must not be."""
        return None


class ClaimForm(PasswordForm):
    """Who the owner is."""

    name = forms.CharField(
        label="Your name", max_length=200, help_text="Your letters are signed with the first part of it.",
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name", "autofocus": True}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Your e-mail", help_text="To sign in with. Nothing is sent to it.",
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "username"}),
    )  # fmt: skip
    zone = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "email", "password1", "zone")

    def whose(self) -> User:
        return User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("Someone signs in with this address already.")
        return email


@login_not_required
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link; it dies only when it is used, so a browser that looks ahead does no harm."""
    try:
        found = spaces.link(token, timezone.now())
        return _claim(request, found) if found.user is None else _let_in(request, found)
    except spaces.DeadLink:
        return render(request, "welcome/link_dead.html", status=410)


def _claim(request: HttpRequest, found: SignInLink) -> HttpResponse:
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        zone = data["zone"] if data["zone"] in available_timezones() else ""
        user = spaces.claim(found, data["name"].strip(), data["email"], data["password1"], timezone.now(), zone)
        login(request, user, backend=BACKEND)
        return redirect("welcome")
    return render(request, "welcome/claim.html", {"form": form})


def _let_in(request: HttpRequest, found: SignInLink) -> HttpResponse:
    assert found.user is not None
    if request.method == "POST":
        spaces.use(found, timezone.now())
        login(request, found.user, backend=BACKEND)
        request.session[BY_LINK] = timezone.now().timestamp()
        return redirect("set_password")
    return render(request, "welcome/sign_in_link.html", {"name": found.user.name or found.user.email})


@never_cache
def set_password(request: HttpRequest) -> HttpResponse:
    """Only right after a sign-in by link: whoever finds an open browser must not change the lock."""
    if timezone.now().timestamp() - request.session.get(BY_LINK, 0) > BY_LINK_FOR:
        return redirect("today")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = access.user(request)
        user.set_password(form.cleaned_data["password1"])
        user.save(update_fields=["password"])
        login(request, user, backend=BACKEND)
        request.session.pop(BY_LINK, None)
        return redirect("today")
    return render(request, "welcome/set_password.html", {"form": form})


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "welcome/welcome.html")
