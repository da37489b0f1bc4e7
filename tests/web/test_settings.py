"""Settings: kept, undone, and felt on the pages they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Action, Circle, Membership, OwnerFact, Pick
from tests.build import bring_in, card, network, person
from tests.conftest import Cast
from tests.web.pages import act, words

pytestmark = pytest.mark.django_db
YOU = {"part": "you", "called": "Ada Example", "sign_off": "Ada", "name": "", "email": "", "link": ""}
DAYS = {
    "part": "days",
    "days": list("01234"),
    "first_weekday": "0",
    "time_zone": "Europe/Lisbon",
    "phone_country": "",
    "language": "",
}


def keep(browser: Client, **fields: str | Iterable[str]) -> str:
    """Post a part of the settings, go where it leads, and return the words there."""
    return words(browser.post(reverse("settings"), fields, follow=True))


def member(cast: Cast) -> Membership:
    return Membership.objects.select_related("user").get(space=cast.home, user=cast.ada)


def take_back(browser: Client) -> None:
    act(browser, "settings_undo", Action.objects.get(undone_at=None).id)


def test_it_works(cast: Cast, ada: Client) -> None:
    told = keep(ada, **YOU | {"called": "Ada Lovell", "sign_off": "A."})
    assert "Kept." in told
    assert (member(cast).user.name, member(cast).sign_off) == ("Ada Lovell", "A.")
    take_back(ada)
    assert (member(cast).user.name, member(cast).sign_off) == ("Ada Example", "Ada")


def test_the_way_there_is_in_the_account_menu(ada: Client) -> None:
    assert f'href="{reverse("settings")}"' in ada.get("/").content.decode()


def test_the_undo_is_on_the_message(ada: Client) -> None:
    page = ada.post(reverse("settings"), YOU | {"sign_off": "A."}, follow=True).content.decode()
    assert f'action="{reverse("settings_undo", args=[Action.objects.get().id])}"' in page


def test_what_is_the_same_is_no_change(ada: Client) -> None:
    assert "Kept." not in keep(ada, **YOU)
    assert "Kept." not in keep(ada, **DAYS)
    assert not Action.objects.exists()


def test_a_page_sent_back_as_it_came_changes_nothing(cast: Cast, ada: Client) -> None:
    """Also where the zone is one that goes by no place: a choice that is not offered must not be lost."""
    Membership.objects.update(time_zone="Etc/GMT-5")
    page = ada.get(reverse("settings")).content.decode()
    assert '<option value="Etc/GMT-5" selected>' in page
    keep(ada, **DAYS | {"time_zone": "Etc/GMT-5"})
    assert not Action.objects.exists()


# You


def test_ones_own_addresses_names_and_profiles(cast: Cast, ada: Client) -> None:
    keep(
        ada,
        **YOU
        | {"name": "Ada Lovell", "email": "ada@work.example\nada@home.example", "link": "linkedin.com/in/ada-example"},
    )
    said = set(OwnerFact.objects.filter(user=cast.ada, source="user").values_list("kind", "value"))
    assert said == {
        ("name", "Ada Lovell"), ("email", "ada@work.example"), ("email", "ada@home.example"),
        ("link", "https://linkedin.com/in/ada-example"),
    }  # fmt: skip
    page = ada.get(reverse("settings")).content.decode()
    assert "ada@work.example\nada@home.example</textarea>" in page
    take_back(ada)
    assert not OwnerFact.objects.exists()


def test_what_files_say_is_shown_and_stays(cast: Cast, ada: Client) -> None:
    profile = "First Name,Last Name,Headline,Geo Location\nAda,Example,Books,Lisbon\n"
    bring_in(cast.home, **{"Profile.csv": profile})
    assert "From your files: Ada Example" in words(ada.get(reverse("settings")))
    keep(ada, **YOU | {"name": "Ada Lovell"})
    assert OwnerFact.objects.filter(kind="name").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("called", " ", "This field is required"),
        ("email", "ada at home", "“ada at home” is not an e-mail address."),
        ("link", "javascript:alert(1)", "is not an address on the web"),
        ("link", "my page", "is not an address on the web"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(cast: Cast, ada: Client, field: str, value: str, said: str) -> None:
    told = keep(ada, **YOU | {"sign_off": "A.", field: value})
    assert said in told
    assert member(cast).sign_off == "Ada"


def test_ben_has_his_own(cast: Cast, ada: Client, ben: Client) -> None:
    keep(ada, **YOU | {"email": "ada@work.example"})
    assert "ada@work.example" not in words(ben.get(reverse("settings")))
    assert ben.post(reverse("settings_undo", args=[Action.objects.get().id])).status_code == 404


# Days and places


def test_another_zone(cast: Cast, ada: Client) -> None:
    keep(ada, **DAYS | {"time_zone": "Pacific/Auckland"})
    assert member(cast).time_zone == "Pacific/Auckland"


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Base"}, {"phone_country": "XX"}, {"days": ["7"]}, {"first_weekday": "3"}]
)
def test_a_choice_that_is_not_offered(cast: Cast, ada: Client, wrong: dict[str, object]) -> None:
    keep(ada, **DAYS | {"language": "en-gb"} | wrong)  # type: ignore[arg-type]
    assert member(cast).language == ""


def test_a_day_of_rest(cast: Cast, ada: Client) -> None:
    """It is a Thursday."""
    network(cast.home)
    keep(ada, **DAYS | {"days": ["0", "2", "5"]})
    told = words(ada.get("/"))
    assert "A day of rest" in told
    assert "There will be three people again on Saturday." in told
    assert not Pick.objects.exists()


def test_three_anyway(cast: Cast, ada: Client) -> None:
    network(cast.home)
    Membership.objects.update(days="0")
    assert "Three people to say hello to" in words(ada.get("/", {"anyway": "1"}))
    assert "Three people to say hello to" in words(ada.get("/"))  # once chosen they stay for the day


@pytest.mark.parametrize(
    ("days", "said"),
    [("4", "again tomorrow"), ("3", "Three people to say"), ("2", "again on Wednesday"), ("", "no one today. Nothing")],
)
def test_when_there_are_three_again(cast: Cast, ada: Client, days: str, said: str) -> None:
    network(cast.home)
    Membership.objects.update(days=days)
    assert said in words(ada.get("/"))


def test_no_rest_where_there_is_nobody_yet(ada: Client) -> None:
    Membership.objects.update(days="")
    assert "No one here yet" in words(ada.get("/"))


def test_a_country_opens_whatsapp_to_numbers_without_one(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "TEL;TYPE=cell:07700 900142"))
    assert "wa.me" not in ada.get("/").content.decode()
    keep(ada, **DAYS | {"phone_country": "GB"})
    page = ada.get(reverse("person", args=[person(cast.home, "Ann Lee").id])).content.decode()
    assert "https://wa.me/447700900142" in page


# Look and keys


@pytest.mark.parametrize(
    ("theme", "attribute"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", "")]
)
def test_light_or_dark(ada: Client, theme: str, attribute: str) -> None:
    keep(ada, part="look", theme=theme, keys="on")
    assert f'<html lang="en-GB"{attribute}>' in ada.get("/").content.decode()


def test_keys_off_and_on(ada: Client) -> None:
    assert 'data-keys="off"' not in ada.get("/").content.decode()
    keep(ada, part="look", theme="")
    assert '<body data-keys="off"' in ada.get("/").content.decode()
    take_back(ada)
    assert 'data-keys="off"' not in ada.get("/").content.decode()


def test_a_stranger_sees_plain_pages(client: Client) -> None:
    assert '<html lang="en-GB">' in client.get(reverse("account_login")).content.decode()


# Circles


def arrange(browser: Client, **fields: str) -> str:
    """Send the circles as the page has them, with these changes."""
    page = browser.get(reverse("settings")).content.decode()
    held = dict(re.findall(r'name="((?:name|weeks)-[0-9a-f]{32})" value="([^"]*)"', page))
    return words(browser.post(reverse("settings_circles"), held | fields, follow=True))


@pytest.fixture
def circles(cast: Cast) -> list[Circle]:
    return [
        Circle.objects.create(space=cast.home, name=name, cadence=weeks and weeks * 7, position=place)
        for place, (name, weeks) in enumerate([("Close", 4), ("Kept", 13), ("Some day", None)])
    ]


def shown(cast: Cast) -> list[tuple[str, int | None]]:
    return list(Circle.objects.filter(space=cast.home).values_list("name", "cadence"))


AS_IT_WAS = [("Close", 28), ("Kept", 91), ("Some day", None)]


def test_a_circle_more(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    arrange(ada, **{"name-new": "Far", "weeks-new": "52"})
    assert shown(cast) == [*AS_IT_WAS, ("Far", 364)]
    take_back(ada)
    assert shown(cast) == AS_IT_WAS


def test_another_name_and_rhythm(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    first = circles[0].id.hex
    arrange(ada, **{f"name-{first}": "Closest", f"weeks-{first}": ""})
    assert shown(cast)[0] == ("Closest", None)


def test_two_may_swap_their_names(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    arrange(ada, **{f"name-{circles[0].id.hex}": "Kept", f"name-{circles[1].id.hex}": "Close"})
    assert shown(cast)[:2] == [("Kept", 28), ("Close", 91)]


@pytest.mark.parametrize(
    ("button", "which", "order"),
    [
        ("up", 1, ["Kept", "Close", "Some day"]),
        ("down", 1, ["Close", "Some day", "Kept"]),
        ("up", 0, ["Close", "Kept", "Some day"]),
    ],
)
def test_up_and_down(cast: Cast, ada: Client, circles: list[Circle], button: str, which: int, order: list[str]) -> None:
    arrange(ada, **{button: circles[which].id.hex})
    assert [name for name, _ in shown(cast)] == order


def test_what_was_typed_is_kept_when_a_circle_moves(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    arrange(ada, up=circles[1].id.hex, **{f"name-{circles[0].id.hex}": "Closest"})
    assert [name for name, _ in shown(cast)] == ["Kept", "Closest", "Some day"]


def test_a_circle_less(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    ann = network(cast.home, 1)[0]
    ann.circle = circles[1]
    ann.save()
    assert "1 person" in words(ada.get(reverse("settings")))
    arrange(ada, remove=circles[1].id.hex)
    ann.refresh_from_db()
    assert (len(shown(cast)), ann.circle) == (2, None)
    take_back(ada)
    ann.refresh_from_db()
    assert shown(cast) == AS_IT_WAS
    assert ann.circle == circles[1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name-new": "close"}, "the same name"),
        ({"name-new": "Far", "weeks-new": "soon"}, "“soon” is not a number of weeks"),
        ({"name-new": "Far", "weeks-new": "0"}, "not a number of weeks"),
        ({"name-new": "Far", "weeks-new": "9999"}, "not a number of weeks"),
        ({"name-new": "Far", "weeks-new": "9" * 5000}, "not a number of weeks"),
    ],
)
def test_a_circle_that_cannot_be(
    cast: Cast, ada: Client, circles: list[Circle], wrong: dict[str, str], said: str
) -> None:
    assert said in arrange(ada, **wrong)
    assert shown(cast) == AS_IT_WAS


def test_a_circle_needs_a_name(cast: Cast, ada: Client, circles: list[Circle]) -> None:
    assert "A circle needs a name" in arrange(ada, **{f"name-{circles[0].id.hex}": " "})
    assert shown(cast) == AS_IT_WAS


def test_circles_are_of_the_space(cast: Cast, ada: Client, cleo: Client, circles: list[Circle]) -> None:
    assert "Some day" not in words(cleo.get(reverse("settings")))
    fields = {f"name-{circle.id.hex}": "Mine" for circle in circles}
    cleo.post(reverse("settings_circles"), fields | {"remove": circles[0].id.hex})
    assert shown(cast) == AS_IT_WAS
