"""The translation memories of the stub's account: imported as TMX, listed, matched, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from uuid import UUID
from xml.etree import ElementTree

from tests.stubs.features import base
from tests.stubs.refusal import Json, Refusal

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LEAST_THRESHOLD = 50


@dataclass
class Memory:
    """A translation memory: targets by source text and language."""

    identity: str
    name: str
    source: str
    made: int
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        """The languages it has targets in."""
        return sorted({language for _, language in self.pairs})

    def as_json(self) -> Json:
        """As DeepL shows it: without the segments."""
        return {
            "translation_memory_id": self.identity,
            "name": self.name,
            "source_language": self.source,
            "target_languages": self.languages,
            "segment_count": len({text for text, _ in self.pairs}),
            "creation_time": f"2026-04-01T12:{self.made:02}:00.000Z",
        }

    def segments(self, first: int, count: int) -> Json:
        """One page of segments, each source text with all its targets."""
        texts = sorted({text for text, _ in self.pairs})
        page = [
            {
                "source_segment_id": f"{self.identity}-{position}",
                "source_text": text,
                "targets": [
                    {
                        "target_segment_id": f"{self.identity}-{position}-{language}",
                        "target_language": language,
                        "target_text": self.pairs[text, language],
                    }
                    for language in self.languages
                    if (text, language) in self.pairs
                ],
            }
            for position, text in enumerate(texts[first : first + count], first)
        ]
        more = {"next_page_cursor": str(first + count)} if first + count < len(texts) else {}
        return {"segments": page, "segment_count": len(texts), **more}

    def match(self, text: str, target: str, threshold: int) -> str | None:
        """The target of the most similar source text, if that is similar enough."""
        wanted = (target.lower(), base(target).lower())
        language = next((code for code in wanted if code in self.languages), None)
        if language is None:
            raise Refusal(404, f"Translation Memory does not support {target}")
        scored = [
            (100 * SequenceMatcher(None, text, source).ratio(), target_text)
            for (source, code), target_text in self.pairs.items()
            if code == language
        ]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= max(threshold, LEAST_THRESHOLD) else None


@dataclass
class Job:
    """An import: declared, then its file is uploaded, then seen after a few looks."""

    name: str
    size: int
    looks: int
    memory: str = ""
    failure: str = ""

    def as_json(self, identity: str) -> Json:
        """As DeepL shows it. It goes on waiting for a file for a while after it has it."""
        result: Json = {"status": "awaiting_input"}
        if self.failure:
            result = {"status": "failed", "error": {"message": self.failure}}
        elif self.memory and self.looks <= 0:
            result = {"status": "completed", "translation_memory_id": self.memory}
        self.looks -= 1
        return {"job_id": identity, "operation": "import", "results": [result]}


@dataclass
class Memories:
    """All of an account. `most` of them are allowed; a job is done after `looks` looks."""

    most: int = 100
    looks: int = 1
    held: dict[str, Memory] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    made: int = 0

    def get(self, identity: str) -> Memory:
        """A memory by id; 404 without."""
        if identity not in self.held:
            raise Refusal(404, "not found")
        return self.held[identity]

    def listed(self, page: int, size: int) -> Json:
        """One page of all memories."""
        shown = [one.as_json() for one in self.held.values()]
        return {
            "translation_memories": shown[page * size : (page + 1) * size],
            "total_count": len(shown),
        }

    def declare(self, body: Json, url: str) -> Json:
        """Begin an import; 456 where the plan allows no further memory."""
        file, parameters = body.get("source_file"), body.get("parameters")
        if not isinstance(file, dict) or not isinstance(parameters, dict):
            raise Refusal(400, "Parameter 'source_file' is required.")
        if len(self.held) >= self.most:
            raise Refusal(456, "Translation memory limit reached")
        self.made += 1
        identity = str(UUID(int=1000 + self.made))
        name = str(parameters["display_name"])
        self.jobs[identity] = Job(name, int(file["content_length"]), self.looks)
        return {"job_id": identity, "upload_url": f"{url}/upload/{identity}"}

    def upload(self, identity: str, data: bytes) -> None:
        """Take the file of an import, and read it."""
        job = self.jobs[identity]
        if len(data) != job.size:
            raise Refusal(400, "not as long as declared")
        try:
            made = self.put(job.name, *read_tmx(data))
        except ElementTree.ParseError:
            job.failure = "not a TMX file"
        else:
            job.memory = made.identity

    def put(self, name: str, source: str, pairs: Mapping[tuple[str, str], str]) -> Memory:
        """Have a memory, as if it had been imported."""
        self.made += 1
        made = Memory(str(UUID(int=self.made)), name, source, self.made, dict(pairs))
        self.held[made.identity] = made
        return made


def read_tmx(data: bytes) -> tuple[str, dict[tuple[str, str], str]]:
    """The source language of a TMX file, and its pairs."""
    root = ElementTree.fromstring(data)  # noqa: S314 - the file is our own
    header = root.find("header")
    source = header.attrib["srclang"].lower() if header is not None else ""
    pairs: dict[tuple[str, str], str] = {}
    for unit in root.iter("tu"):
        texts = {
            variant.attrib[_LANGUAGE].lower(): variant.findtext("seg") or ""
            for variant in unit.iter("tuv")
        }
        text = texts.pop(source)
        pairs |= {(text, language): target for language, target in texts.items()}
    return source, pairs
