"""Same person? What two cards share exactly, and how likely it is beyond that."""

from __future__ import annotations

from keepwarm.core.identity.keys import email_key, external_id, names_agree, phone_key, profile_key

__all__ = ["email_key", "external_id", "names_agree", "phone_key", "profile_key"]
