"""Keepwarm's settings with a data folder of the tests' own and a quick password hash."""

import os
import tempfile

os.environ["KEEPWARM_DATA"] = tempfile.mkdtemp(prefix="keepwarm-tests-")

from keepwarm.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TIME_ZONE = "Europe/Lisbon"
