"""What git answers: commits, their files and the bytes of these, whatever people call things."""

from __future__ import annotations

import io
from subprocess import CompletedProcess

from i18n_pipeline.history import _changes, _versions
from i18n_pipeline.history.blobs import objects_in
from i18n_pipeline.history.records import Records
from i18n_pipeline.history.refusals import in_words, push_failure, read_failure
from i18n_pipeline.history.steps import _by_commit, _followed, _row
from tests.fuzz.given import parts, text_of

_WORD = "0123456789abcdef"
_BLOBS = (b"1" * 40, b"2" * 40, b"0" * 40)
_SECRET = "canary-0123456789"  # noqa: S105 - opens nothing


def git_log(data: bytes) -> None:
    """Commits are told apart whatever their authors wrote into them, and so are their files."""
    author, summary, name = (_as_git_says(part) for part in parts(data, 3))
    records = Records(_WORD)
    blob = b"1" * 40
    head = b"0123456789abcdef,".join((b"a" * 40, author, b"2026-01-01", b"2026-01-02", summary))
    change = b"\0\n:100644 100644 " + blob + b" " + blob + b" M\0" + name + b"\0"
    log = (records.word.encode() + b":" + head + change) * 2
    commits = tuple(records.read(log))
    assert [one.id for one, _ in commits] == ["a" * 40] * 2
    assert {one.author for one, _ in commits} == {text_of(author)}
    changes = [one for one in _changes(commits, "") if name]
    assert {one.new.encode("utf-8", "surrogateescape") for one in changes} <= {name}
    assert len(changes) == (2 if name else 0)
    _versions(changes)


def git_merges(data: bytes) -> None:
    """A file of a merge has a blob for each parent, and names that are renamed are followed."""
    old, new = (_as_git_says(part) or b"a" for part in parts(data, 2))
    head = f"{_WORD},".join(("a" * 40, "x", "2026-01-01", "2026-01-02", "s")).encode()
    one, other, none = _BLOBS
    merge = b"\n::100644 100644 100644 " + b" ".join((one, other, none)) + b" MM"
    rename = b":100644 100644 " + one + b" " + other + b" R090"
    log = _WORD.encode() + b":" + head + b"\0".join((b"", merge, new, rename, old, new, b""))
    ((commit, rest),) = Records(_WORD).read(log)
    rows, found = iter(rest), []
    for row in rows:
        about = row.lstrip(b"\n").decode("utf-8", "surrogateescape")
        if about.startswith(":"):
            found.append(_row(commit, about, rows, ""))
    first, second = found
    assert (first.before, first.after) == (("1" * 40, "2" * 40), "")
    assert (second.before, second.after) == (("1" * 40,), "2" * 40)
    assert second.old.encode("utf-8", "surrogateescape") == old
    assert second.path.encode("utf-8", "surrogateescape") == first.path.encode(
        "utf-8", "surrogateescape"
    )
    assert list(_by_commit(_followed(found, {first.path}))) == [found]


def git_objects(data: bytes) -> None:
    """The bytes of files come as they are, whatever stands in them or beside them."""
    one, other, name = parts(data, 3)
    ids = ("a" * 40, "b" * 40)
    gone = _as_git_says(name) or b"x"
    answer = b"".join(
        b"%s blob %d\n%s\n" % (blob.encode(), len(text), text)
        for blob, text in zip(ids, (one, other), strict=True)
    )
    missing = gone + b" missing\n"
    told = io.BytesIO(missing + answer + missing)
    assert dict(objects_in(told)) == dict(zip(ids, (one, other), strict=True))


def git_refusals(data: bytes) -> None:
    """What git says of a remote that refuses is told in one line, without its password."""
    said, where = map(text_of, parts(data, 2))
    shown = f"{said} https://me:{_SECRET}@host/{where}\n{said}"
    ended = CompletedProcess(["git"], 128, b"", shown.encode("utf-8", "surrogatepass"))
    told = in_words(ended)
    assert _SECRET not in told
    assert "\n" not in told
    assert told
    for failure in (push_failure("main", ended), read_failure("origin", ended)):
        assert failure is None or _SECRET not in failure.message + failure.hint


def _as_git_says(part: bytes) -> bytes:
    """A name as git has it; the word of the day was nobody's to know."""
    return part.replace(b"\0", b"").replace(b"\n", b" ").replace(_WORD.encode(), b"").strip()
