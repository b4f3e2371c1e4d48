"""The engine's figures on GUM news may not fall; the scorer counts what it says."""

import json
from collections import Counter
from pathlib import Path

from benchmarks.attribution.__main__ import predict, report
from benchmarks.attribution.gold import Document, head_name, read
from benchmarks.attribution.scoring import (
    Verbatim,
    count_direct,
    count_matches,
    count_strings,
    matched,
    score,
)
from benchmarks.attribution.strings import quoted_strings, segments

DATA = Path(__file__).parent / "data"


def test_figures_stay_above_the_floor() -> None:
    floor = json.loads((DATA / "floor.json").read_text())
    strings, direct, kinds = Verbatim(), Counter[str](), Counter[str]()
    for document in read(DATA / "gum_news.jsonl"):
        predicted = predict(document)
        count_strings(document, predicted, strings)
        count_direct(document, predicted, direct)
        count_matches(document, predicted, kinds)
    exact = score(direct["right"], direct["predicted"], direct["right"], direct["gold"])

    assert strings.attributed.f1 >= floor["verbatim_f1"]
    assert strings.person >= floor["resolved_person"]
    assert exact.f1 >= floor["direct_exact_f1"]
    assert matched(kinds, "indirect").precision >= floor["indirect_precision"]


def test_gold_scored_against_itself_is_perfect() -> None:
    (document, *_) = read(DATA / "gum_news.jsonl")
    table = report([document], [document.quotes])

    assert any("verbatim, right speaker" in line and "F1 100.0" in line for line in table)


def test_strings_are_cut_by_paragraph() -> None:
    text = "“One two three four\n“five six seven eight” and “nine”"

    assert [text[start:end] for start, end in quoted_strings(text, 4)] == [
        "“One two three four",
        "“five six seven eight”",
    ]


def test_segments_are_cut_at_lines_and_trimmed() -> None:
    text = "“One two.”\n\n“Three four.”"

    assert [text[start:end] for start, end in segments(text, 0, len(text))] == [
        "One two",
        "Three four",
    ]


def test_head_name_leaves_titles_and_clauses_out() -> None:
    assert head_name("Dr. Mara Quill, who runs the trust") == "quill"
    assert head_name("the minister’s") == "minister"
    assert head_name(None) == ""


def test_wrong_speaker_counts_against_precision_and_recall() -> None:
    text = "“One two three four,” said Quill to Orme."
    gold = {"start": 27, "end": 32, "text": "Quill"}
    wrong = {"start": 36, "end": 40, "text": "Orme"}
    quote = {"start": 0, "end": 21, "kind": "direct"}
    document = Document("d", text, [quote | {"speaker": gold}], [])
    result = Verbatim()

    count_strings(document, [quote | {"speaker": wrong}], result)

    assert result.counts["given"] == result.counts["gold"] == 1
    assert result.attributed.f1 == 0.0
    assert result.found.f1 == 1.0
