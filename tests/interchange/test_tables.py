"""Codings as tables: every character back again, and nothing read from a faulty file."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.interchange.records import Coding, ImportRefusedError
from quotes.interchange.tables import (
    long_csv,
    long_jsonl,
    matrix_csv,
    read_csv,
    read_jsonl,
    wide_csv,
)

CODINGS = [
    Coding("q1", "sw", "ann", "supports", "high", 'semi; "quoted" “curly”\nline\r\n =1+1'),
    Coding("q1", "sw", "bob", "no_stance"),
    Coding("q2", "sw", "ann", "criticises"),
    Coding("q2", "claim", "bob", "unclear", "", "ü"),
]


def joined(lines) -> bytes:
    return "".join(lines).encode()


def test_long_forms_read_as_they_were_written() -> None:
    assert read_csv(joined(long_csv(CODINGS))) == CODINGS
    assert read_jsonl(joined(long_jsonl(CODINGS))) == CODINGS


WORD = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8
).filter(str.strip)


@given(
    WORD, WORD, WORD, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
)
def test_any_text_survives(unit: str, target: str, value: str, memo: str) -> None:
    rows = [Coding(unit, target, "ann", value, "", memo)]

    assert read_csv(joined(long_csv(rows))) == rows
    assert read_jsonl(joined(long_jsonl(rows))) == rows


def test_wide_form_has_a_column_for_each_coder() -> None:
    assert list(csv.reader(io.StringIO(joined(wide_csv(CODINGS)).decode()))) == [
        ["unit", "target", "ann", "bob"],
        ["q1", "sw", "supports", "no_stance"],
        ["q2", "claim", "", "unclear"],
        ["q2", "sw", "criticises", ""],
    ]
    plain = {(c.unit, c.target, c.coder, c.value) for c in CODINGS}
    assert {
        (c.unit, c.target, c.coder, c.value) for c in read_csv(joined(wide_csv(CODINGS)))
    } == plain


def test_matrix_for_r_has_coders_as_rows() -> None:
    numbers = {"supports": 1.0, "criticises": -1.0}

    assert joined(matrix_csv(CODINGS, target="sw")).decode() == (
        "coder,q1,q2\r\nann,supports,criticises\r\nbob,no_stance,NA\r\n"
    )
    assert joined(matrix_csv(CODINGS, target="sw", numbers=numbers)).decode() == (
        "coder,q1,q2\r\nann,1,-1\r\nbob,NA,NA\r\n"
    )


def test_columns_of_other_names_are_mapped() -> None:
    data = b"\xef\xbb\xbfItem,Topic,Who,Stance\nq1,sw,ann,supports\n"
    names = {"unit": "Item", "target": "Topic", "coder": "Who", "value": "Stance"}

    assert read_csv(data, columns=names) == [Coding("q1", "sw", "ann", "supports")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        (b"unit,target\x00", "NUL"),
        (b"a,b\n1,2\n", "a table of codings has the columns unit, target, coder, value"),
        (b"unit,target,ann,ann\n", "the column ann is there twice"),
        (b"unit,target,coder,value\nq1,sw,ann\n", "line 2: 3 cells, not 4"),
        (b"unit,target,coder,value\nq1,sw,ann, \n", "line 2: no value; leave out what was not"),
        (b'unit,target,coder,value\nq1,sw,"ann,x\n', "not a CSV file"),
        (b"unit,target,coder,value\nq,t,a,x\nq,t,a,y\n", "a codes q, t twice"),
        (b"unit,target,ann\n,sw,x\n", "line 2: no unit or no target"),
        (b"unit,target,coder,value,memo\nq,t,a,x," + b"m" * 100_001, "memo has over 100000"),
    ],
)
def test_faulty_csv_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        read_csv(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "line 1: not JSON"),
        (b"[" * 100_000, "line 1: not JSON"),
        (b"[]", "line 1: not an object of texts"),
        (b'\n{"unit": 1}', "line 2: not an object of texts"),
        (b'{"unit": "q", "kind": "x"}', "line 1: unknown field kind"),
        (b'{"unit": "q", "target": "t", "coder": "a"}', "line 1: no value"),
    ],
)
def test_faulty_jsonl_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        read_jsonl(data)
