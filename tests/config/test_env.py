"""The readers of settings: a bad value names the setting and the mend."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment


def test_text_is_stripped_and_falls_back() -> None:
    env = Environment({"SITE_NAME": "  The Record \n"})

    assert env.text("SITE_NAME") == "The Record"
    assert env.text("OTHER") == ""
    assert env.text("OTHER", "default") == "default"


@pytest.mark.parametrize("word", ["1", "true", "TRUE", "yes", "on", " on "])
def test_flag_true_words(word: str) -> None:
    assert Environment({"DEBUG": word}).flag("DEBUG", default=False) is True


@pytest.mark.parametrize("word", ["0", "false", "No", "off", ""])
def test_flag_false_words(word: str) -> None:
    assert Environment({"DEBUG": word}).flag("DEBUG", default=True) is False


def test_flag_absent_is_the_default() -> None:
    assert Environment({}).flag("DEBUG", default=True) is True


@pytest.mark.parametrize("word", ["maybe", "2", "truee", "да"])
def test_flag_refuses_other_words(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG is .*: set it to true or false"):
        Environment({"DEBUG": word}).flag("DEBUG", default=False)


def test_number_is_read() -> None:
    assert Environment({"AGE": "60"}).number("AGE", 5) == 60
    assert Environment({}).number("AGE", 5) == 5


@pytest.mark.parametrize("word", ["", "-1", "1.5", "1_0", "١٢", "sixty", "0"])
def test_number_refuses_what_is_not_a_whole_number_in_range(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"AGE is .*: set it to a whole number >= 1"):
        Environment({"AGE": word}).number("AGE", 5, least=1)


def test_words_are_split_and_blanks_dropped() -> None:
    assert Environment({"HOSTS": " a.org, ,b.org,"}).words("HOSTS") == ["a.org", "b.org"]
    assert Environment({}).words("HOSTS") == []
