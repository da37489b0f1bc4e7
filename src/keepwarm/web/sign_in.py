"""The sign-in form in our words."""

from __future__ import annotations

from allauth.account.forms import LoginForm

LABELS = {"login": "Your e-mail", "password": "Password", "remember": "Stay signed in"}


class SignInForm(LoginForm):
    """allauth's form; a label stays in sight while one types, a placeholder does not."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
