"""Has what was asked for changed: ETag, and 304 where it has not (RFC 9110, section 13).

`Last-Modified` is told and not asked by: a clock that was set back, or two changes in one second,
would answer 304 where something changed.
"""

from hashlib import sha256

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from quotes.exports.state import data_version, last_change


class Freshness:
    """The state of the data as an answer to one request names it; read before the rows are."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.changed = int(last_change().timestamp())
        asked = f"{data_version()} {request.build_absolute_uri()}"
        # Weak: a proxy may pack the answer on its way.
        self.etag = f'W/"{sha256(asked.encode()).hexdigest()[:32]}"'

    @property
    def unchanged(self) -> HttpResponseBase | None:
        """The 304 where the reader has the present state, else None."""
        found = get_conditional_response(self.request, etag=self.etag, response=None)
        return None if found is None else self.mark(found)

    def mark(self, response: HttpResponseBase) -> HttpResponseBase:
        """Write the headers by which the reader asks again; no cache may skip the asking."""
        response.headers["ETag"] = self.etag
        response.headers["Last-Modified"] = http_date(self.changed)
        response.headers["Cache-Control"] = "no-cache"
        return response
