"""The machine coder's model: it learns a rule through noise, knows how sure it is, and when to
stay silent. The sentences are made by rule, so what there is to learn is known."""

from random import Random

import numpy as np
import pytest

from quotes.learning import softmax
from quotes.learning.features import Example
from quotes.learning.validation import fold_of, learn, why_too_few

FOR = ("praised", "thanked", "defended", "backed")
AGAINST = ("blamed", "accused", "faulted", "mocked")
FILLER = "the boat crew harbour committee monday report count again every people said".split()


def made(n: int, noise: float, seed: int = 1) -> list[Example]:
    """A word of one of two lists among filler decides the value; `noise` of them are turned."""
    random = Random(seed)  # sentences, not secrets
    examples = []
    for number in range(n):
        good = random.random() < 0.6
        words = random.choices(FILLER, k=random.randint(6, 14))
        words.insert(random.randrange(len(words)), random.choice(FOR if good else AGAINST))
        turned = random.random() < noise
        value = "supports" if good != turned else "criticises"
        examples.append(Example(f"{' '.join(words)} {number}", f"speaker-{number % 7}", value))
    return examples


def test_model_beats_the_majority_as_far_as_noise_allows_and_knows_how_sure_it_is() -> None:
    found = learn(made(600, noise=0.1))

    figures = found.figures
    assert found.model is not None
    assert figures is not None
    # The best possible is 0.9; always saying “supports” is right in about 0.58.
    assert 0.84 <= figures["accuracy"] <= 0.95
    assert figures["majority"] < 0.62
    assert figures["gain_low"] > 0.2
    assert figures["calibration_error"] < 0.08
    assert sum(map(sum, figures["confusion"])) == 600


def test_reasons_are_the_words_that_decide() -> None:
    model = learn(made(400, noise=0.05)).model
    assert model is not None

    assert {word for word in model.words()["criticises"] if " " not in word} >= set(AGAINST)
    example = Example("the committee blamed the crew")
    row = softmax.probabilities(model.scores([example]))[0]
    assert model.values[int(row.argmax())] == "criticises"
    assert model.reasons(example, "criticises")[0] == "blamed"
    assert "blamed" not in model.reasons(example, "supports")


def test_nothing_to_learn_is_said_and_no_model_speaks() -> None:
    found = learn(made(300, noise=0.5))

    assert found.model is None
    assert found.why_silent.startswith("no better than")
    assert len(found.held_out) == 300


@pytest.mark.parametrize(
    ("examples", "reason"),
    [
        (made(29, 0), "too few coded quotes: 29 of at least 30"),
        ([Example(f"a {n}", value="supports") for n in range(40)], "with a second value"),
        (
            [Example(f"a {n}", value="mixed" if n < 4 else "supports") for n in range(40)],
            "with a second value",
        ),
    ],
)
def test_too_little_is_said(examples: list[Example], reason: str) -> None:
    assert reason in why_too_few(examples)
    assert (learn(examples).model, learn(examples).figures) == (None, None)


def test_same_words_fall_into_one_fold_so_copies_teach_nothing() -> None:
    assert fold_of("We will count, every boat!") == fold_of("we will count every BOAT")
    # Each sentence twice, its value drawn by lot: remembering the copy would be right every time.
    random = Random(3)
    once = [
        Example(" ".join(random.choices(FILLER, k=12)), value=random.choice(["asserts", "denies"]))
        for _ in range(200)
    ]

    assert learn([*once, *once]).figures["accuracy"] < 0.62  # type: ignore[index]


def test_same_examples_give_the_same_model() -> None:
    one, other = (softmax.fit(made(100, 0.1)) for _ in range(2))

    assert np.array_equal(one.weights, other.weights)
    assert one.vocabulary.names == other.vocabulary.names


def test_calibration_cools_what_is_too_sure_and_never_turns_the_order() -> None:
    scores = np.array([[10.0, 0.0]] * 100 + [[1.0, 0.0]] * 100)
    right = np.array([True] * 80 + [False] * 20 + [True] * 60 + [False] * 40)

    found = softmax.confidence(scores, softmax.calibrate(scores, right))
    assert (found[0], found[-1]) == (pytest.approx(0.8, abs=0.02), pytest.approx(0.6, abs=0.02))

    turned = softmax.confidence(scores, softmax.calibrate(scores, right[::-1]))
    assert turned[0] >= turned[-1]


def test_quote_without_a_known_word_gets_the_usual_shares() -> None:
    model = softmax.fit(made(300, 0.0))

    row = softmax.probabilities(model.scores([Example("xyzzy"), Example("")]))

    assert np.allclose(row[0], row[1])
    assert model.reasons(Example("xyzzy"), "supports") == []
