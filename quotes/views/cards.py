"""The share card of a version: an image for previews on other sites."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from quotes.permanence import Gone, version
from quotes.share_card import png, svg
from quotes.shown import shown
from quotes.views.addresses import one_spelling
from quotes.views.files import cite, problem


@require_safe
@one_spelling
def share_card(request: HttpRequest, public_id: str, number: str, ending: str) -> HttpResponse:
    """Return the image, drawn from the version's record; of a withdrawn quote there is none."""
    found = version(public_id, int(number))
    if found is None:
        raise Http404
    if isinstance(found, Gone):
        return problem(found)
    cited = cite(request, found)
    if ending == "svg":
        response = HttpResponse(
            svg(cited, marked=shown(found.shown).marked), content_type="image/svg+xml"
        )
    else:
        response = HttpResponse(
            png(cited, marked=shown(found.shown).marked), content_type="image/png"
        )
    patch_cache_control(response, public=True, max_age=86_400)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
