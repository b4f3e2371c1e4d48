"""Typed readers of environment variables: a bad value stops start-up and says how to mend it."""

import os
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class Environment:
    """Reads settings from a mapping (the process environment unless one is given)."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default).strip()

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes/no setting; raise ImproperlyConfigured for any other word."""
        word = self.values.get(name)
        if word is None:
            return default
        if word.strip().lower() in TRUE_WORDS:
            return True
        if word.strip().lower() in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name} is {word!r}: set it to true or false.")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """Return a whole number of at least `least`; raise ImproperlyConfigured otherwise."""
        word = self.text(name, str(default))
        if not (word.isascii() and word.isdigit()) or int(word) < least:
            raise ImproperlyConfigured(f"{name} is {word!r}: set it to a whole number >= {least}.")
        return int(word)

    def words(self, name: str) -> list[str]:
        """Return a comma-separated setting as a list, blanks dropped."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]
