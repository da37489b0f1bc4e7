"""The one Django app: the package itself."""

from django.apps import AppConfig


class KeepwarmConfig(AppConfig):
    name = "keepwarm"
    verbose_name = "Keepwarm"
    default_auto_field = "django.db.models.BigAutoField"
