"""A request's body is as long as was promised, or it is an error."""

import io

import pytest

from config.bodies import WholeBody

BODY = b"one\ntwo"


@pytest.mark.parametrize("sizes", [[-1], [None], [100], [3, 3, 100], [1, 6, 5]])
def test_whole_body_is_read_as_it_is(sizes: list[int | None]) -> None:
    body = WholeBody(io.BytesIO(BODY + b" of the next request"), len(BODY))

    assert b"".join(map(body.read, sizes)) == BODY


def test_lines_of_a_whole_body() -> None:
    body = WholeBody(io.BytesIO(BODY + b" of the next request"), len(BODY))

    assert [body.readline(2), body.readline(), body.readline(), body.readline()] == [
        b"on",
        b"e\n",
        b"two",
        b"",
    ]


@pytest.mark.parametrize("read", [WholeBody.read, WholeBody.readline])
def test_body_that_ends_early_is_an_error(read) -> None:
    body = WholeBody(io.BytesIO(b"one"), len(BODY))

    with pytest.raises(ConnectionResetError, match="4 bytes of the body are missing"):
        read(body)
