from django import forms


class CodeField(forms.CharField):
    """Six digits or a recovery code; blanks and dashes, which people add to read, are dropped."""

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value) or ""
        return "".join(text.replace("-", "").split()).lower()


class CodeForm(forms.Form):
    code = CodeField(
        max_length=20,
        label="Code",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )
