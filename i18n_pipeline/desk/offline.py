"""The desk as one file that needs no server: data and code inside, decisions out of it by hand."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from i18n_pipeline.desk.answers import Desk
from i18n_pipeline.desk.assets import SCRIPTS, asset, policy, templates
from i18n_pipeline.desk.marking import Json
from i18n_pipeline.desk.sharing import as_json, shared
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What could end the element that the data stands in: JSON has another spelling for it."""

_UNSAFE = expression("[<>&]")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is put into the page."""

    title: str
    policy: str
    style: Markup
    script: Markup
    data: Markup


def offline_page(desk: Desk) -> bytes:
    """The page with the desk's queue in it, and all that is known of its units."""
    found = desk.everything()
    start = found["start"]
    name = start["project"] if isinstance(start, dict) else ""
    locale = start["locale"] if isinstance(start, dict) else ""
    script = b"\n".join(map(asset, SCRIPTS)).decode()
    style = asset("desk.css").decode()
    parts = _Parts(
        title=f"{name} · {locale} – review",
        policy=policy(_hash(script), _hash(style)),
        style=_raw(style),
        script=_raw(script),
        data=_raw(_data(found)),
    )
    page = templates().get_template("desk.html").render(stamp="", scripts=(), offline=parts)
    return f"{page}\n".encode()


def _data(found: Json) -> str:
    text = as_json(shared(found))
    named = f'{{"id":"{digest(text, 8)}",{text[1:]}'
    return _UNSAFE.sub(lambda letter: _ESCAPES[letter[0]], named)


def _raw(text: str) -> Markup:
    """Our own code, and data in which nothing can end its element."""
    return Markup(text)  # noqa: S704  # escaped above, or out of this package


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
