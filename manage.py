#!/usr/bin/env python
"""Django's command line for On the Record."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The limit is for pages, which somebody waits for: an index of a million rows takes minutes.
    if sys.argv[1:2] != ["runserver"]:
        os.environ["QUERY_SECONDS"] = "0"
    from django.core.management import execute_from_command_line  # after the settings are named

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
