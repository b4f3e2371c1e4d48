"""The log: one JSON line an event, joined by the request's id, without anybody's words."""

import json
import logging

import pytest

from config.logs import JsonFormatter, WithRequestId
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    """Every line that production would print, read back."""
    caplog.set_level("INFO")
    caplog.handler.addFilter(WithRequestId())

    def read() -> list[dict]:
        texts = [JsonFormatter().format(record) for record in caplog.records]
        assert not any("\n" in text for text in texts)
        return [json.loads(text) for text in texts]

    return read


def test_request_is_one_line_with_the_id_that_the_answer_carries(client, lines) -> None:
    answer = client.get("/quotes?q=boats", headers={"X-Request-ID": "forged\nline"})

    (line,) = [line for line in lines() if line["log"] == "requests"]
    assert line["request"] == answer["X-Request-ID"] != "forged"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/quotes", 200)
    assert "boats" not in json.dumps(line), "what readers search for is their own affair"


def test_what_happened_within_a_request_carries_its_id(client, lines, settings) -> None:
    settings.SLOW_QUERY_MS = 0.000_001
    answer = client.get("/people")

    slow = [line for line in lines() if line["log"] == "queries"]
    assert slow
    assert {line["request"] for line in slow} == {answer["X-Request-ID"]}


def test_slow_statement_is_told_without_its_values(lines, settings) -> None:
    settings.SLOW_QUERY_MS = 0.000_001
    factories.person("Speaker Secret")

    slow = [line for line in lines() if line["log"] == "queries"]
    assert any("INSERT INTO" in line["statement"] for line in slow)
    assert not any("Secret" in json.dumps(line) for line in slow)


def test_no_name_can_begin_a_line_of_its_own() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", ("a\nb\u2028c",), None)

    text = JsonFormatter().format(record)

    assert "\n" not in text
    assert "\u2028" not in text
    assert json.loads(text)["message"] == "a\nb\u2028c"


def test_watchers_questions_are_not_written_down(client, lines) -> None:
    client.get("/healthz")

    assert lines() == []
