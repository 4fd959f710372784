"""Which media type a response has: what the client says in `Accept` decides, by its weights."""

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"


def response_media_type(accept: str) -> str | None:
    """Choose between the two media types of a response; none where the client takes neither.

    Plain JSON is for those who do not say, and for whom anything will do; who names the media type of GraphQL over
    HTTP, and wants it no less than the other, gets that.
    """
    if not accept.strip():
        return JSON
    weight, json_weight = quality(accept, GRAPHQL_RESPONSE), quality(accept, JSON)
    if weight == json_weight == 0:
        return None
    if weight == json_weight:
        return GRAPHQL_RESPONSE if names(accept, GRAPHQL_RESPONSE) else JSON
    return GRAPHQL_RESPONSE if weight > json_weight else JSON


def wants_page(accept: str) -> bool:
    """Tell browsers, which ask for HTML by name, from clients, whose `*/*` must not fetch a page."""
    return names(accept, HTML) and quality(accept, HTML) > max(
        (quality(accept, each) for each in (JSON, GRAPHQL_RESPONSE) if names(accept, each)), default=0.0
    )


def names(accept: str, media_type: str) -> bool:
    """Tell whether an Accept header names a media type itself, and no mere range that it is in."""
    return any(name == media_type for name, _ in _entries(accept))


def quality(accept: str, media_type: str) -> float:
    """Return the weight, 0…1, that an Accept header gives to a media type: that of what fits it most closely."""
    weights = dict(_entries(accept))
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((weights[each] for each in ranges if each in weights), 0.0)


def _entries(accept: str) -> list[tuple[str, float]]:
    entries = []
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        weight = next((value for key, _, value in (each.partition("=") for each in parameters) if key == "q"), "1")
        entries.append((name, min(float(weight), 1.0) if weight.replace(".", "", 1).isdecimal() else 0.0))
    return entries
