"""A form of a page, filled as the page fills it and sent as a browser sends it: with CRLF."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

Data = dict[str, Any]


@dataclass
class PageForm:
    action: str
    data: Data = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.textarea = self.select = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.forms.append(PageForm(values.get("action") or ""))
        if not self.forms:
            return
        data, name = self.forms[-1].data, values.get("name") or ""
        kind = values.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button"):
            if kind not in ("checkbox", "radio") or "checked" in values:
                data[name] = values.get("value") or ("on" if kind == "checkbox" else "")
        elif tag == "textarea":
            self.textarea, self.text = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in values or self.select not in data:
                data[self.select] = values.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            text = self.text.removeprefix("\n")
            self.forms[-1].data[self.textarea] = text.replace("\n", "\r\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def page_forms(response: Any) -> list[PageForm]:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.forms


def form_with(response: Any, *names: str, action: str = "") -> Data:
    """Return the data of the page's form that has these fields and, if given, this action."""
    for form in page_forms(response):
        if set(names) <= set(form.data) and form.action.endswith(action):
            return {k: v for k, v in form.data.items() if k != "csrfmiddlewaretoken"}
    raise AssertionError(f"no form with {names} on the page")
