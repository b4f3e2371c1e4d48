"""No release that is known to be broken is locked, installed or run (A13).

Planted: with `pillow >= 99` among the floors, both tests name it.
"""

import re
from importlib.metadata import version
from typing import Any, cast

import pytest
from django.conf import settings
from django.db import connection
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.sqlite import is_sound

FOLDER = settings.BASE_DIR / "requirements"
FLOORS = {
    canonicalize_name(floor.name): floor
    for line in (FOLDER / "floors.txt").read_text().splitlines()
    if (words := line.partition("#")[0].strip())
    for floor in [Requirement(words)]
}


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_lock_holds_nothing_below_its_floor(lock: str) -> None:
    text = (FOLDER / lock).read_text()
    locked = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE)

    assert {name for name, _ in locked} >= set(FLOORS)
    assert [
        f"{name} {found}"
        for name, found in locked
        if name in FLOORS and found not in FLOORS[name].specifier
    ] == []


def test_what_is_installed_is_above_its_floor_and_sqlite_is_sound() -> None:
    found = {name: version(name) for name in FLOORS}

    assert {n: v for n, v in found.items() if v not in FLOORS[n].specifier} == {}
    if connection.vendor == "sqlite":
        assert is_sound(cast(Any, connection).Database.sqlite_version_info)
