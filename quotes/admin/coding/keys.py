"""The key of each value. `c` is criticises, so confidence has `v`: one key, one meaning."""

from quotes.choices import StanceValue

VALUE_KEYS: dict[str, str] = {
    StanceValue.SUPPORTS: "s",
    StanceValue.CRITICISES: "c",
    StanceValue.MIXED: "m",
    StanceValue.NEUTRAL: "n",
    StanceValue.ASSERTS: "a",
    StanceValue.DENIES: "d",
    StanceValue.QUESTIONS: "q",
    StanceValue.REPORTS: "r",
    StanceValue.NO_STANCE: "0",
    StanceValue.UNCLEAR: "u",
}
