"""One server for a module's tests, on the founding collection."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.served.server import Server, rows
from tests.sites import Site, Sites


@pytest.fixture(scope="session")
def collection(sites: Sites) -> Site:
    site = sites.new()
    code, said = site.run("load_seeds")
    assert code == 0, said
    return site


@pytest.fixture(scope="session")
def people(collection: Site) -> dict[str, Any]:
    """Four editors who are signed in, and what they edit."""
    return rows(collection, 4)


@pytest.fixture(scope="module")
def server(
    collection: Site, people: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    made = Server(collection, tmp_path_factory.mktemp("served") / "log")
    try:
        made.start()
        yield made
    finally:
        made.kill()
