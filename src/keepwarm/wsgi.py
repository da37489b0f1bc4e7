"""The application, for a server of your own choice."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwarm.settings")
application = get_wsgi_application()
