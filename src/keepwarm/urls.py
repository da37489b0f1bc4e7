"""Every address of the product."""

from allauth.account import views as account
from django.urls import path

from keepwarm.web import imports, people, today, welcome

urlpatterns = [
    path("", today.page, name="today"),
    path("today/<uuid:id>/sent", today.sent, name="pick_sent"),
    path("today/<uuid:id>/line", today.line, name="pick_line"),
    path("today/<uuid:id>/talked", today.talked, name="pick_talked"),
    path("today/<uuid:id>/swap", today.swap, name="pick_swap"),
    path("today/<uuid:id>/not-now", today.not_now, name="pick_not_now"),
    path("today/<uuid:id>/never", today.never, name="pick_never"),
    path("today/<uuid:id>/undo", today.undo, name="pick_undo"),
    path("people/<uuid:id>", people.show, name="person"),
    path("people/<uuid:id>/photo", people.photo, name="person_photo"),
    path("people/<uuid:id>/edit", people.edit, name="person_edit"),
    path("people/<uuid:id>/draft", today.draft, name="draft"),
    path("people/<uuid:id>/touches", people.log, name="touch_log"),
    path("people/<uuid:id>/notes", people.note_add, name="note_add"),
    path("people/<uuid:id>/never", people.never, name="person_never"),
    path("people/<uuid:id>/suggest", people.suggest, name="person_suggest"),
    path("touches/<uuid:id>/undo", people.touch_undo, name="touch_undo"),
    path("notes/<uuid:id>/undo", people.note_undo, name="note_undo"),
    path("import", imports.choose, name="import"),
    path("import/files", imports.receive, name="import_upload"),
    path("import/<uuid:id>", imports.show, name="import_run"),
    path("import/<uuid:id>/go", imports.go, name="import_go"),
    path("import/<uuid:id>/cancel", imports.cancel, name="import_cancel"),
    path("import/<uuid:id>/undo", imports.undo, name="import_undo"),
    path("import/<uuid:id>/problems", imports.problems, name="import_problems"),
    path("welcome", welcome.welcome, name="welcome"),
    path("welcome/password", welcome.set_password, name="set_password"),
    path("welcome/<str:token>", welcome.link, name="sign_in_link"),
    path("sign-in", account.login, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
]
