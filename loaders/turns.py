"""Who speaks where in an interview: lines and sentences that begin with a speaker's name and a colon."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LATIN = r"[A-Z][\w.'’-]*(?:[ \t]+(?:[A-Z][\w.'’-]*|de|van|von|bin|al)){0,3}"
_HAN = r"[\u4e00-\u9fff·・]{2,10}(?:[ \t]?[A-Z][\w.]*(?:[ \t][A-Z][\w.]*){0,2})?"
_NAME = rf"(?P<name>Q|A|[问答問]|{_LATIN}|{_HAN})"
_LABEL = re.compile(
    rf"(?:(?<=\n)|(?<=[。！？!?…”」』\"）])|\A)(?P<mark>[ \t\ufeff]*(?:\*\*|__|【|>[ \t])?)"
    rf"{_NAME}[ \t]?(?:[(（][^()（）\n]{{1,30}}[)）])?[ \t]?(?:\*\*|__|】)?[：:](?:\*\*|__)?(?!//)"
)
_HEADING = re.compile(r"^(?:#{1,6}[ \t].*|.+\n(?:={3,}|-{3,})[ \t]*)$", re.MULTILINE)
# Words before a colon that name a part of the page, not a person.
_NO_SPEAKER = frozenset((Path(__file__).parent / "not_speakers.txt").read_text(encoding="utf-8").split())
# 他說：, 你曾说过： and the like lead in what somebody says, and are no label.
_CLAUSE = re.compile(r"^[他她你我它这這那]|[说說道称稱过過为為是了示出]$")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a row: characters [start, end) of the text, behind the label with the name."""

    start: int
    end: int
    speaker: str


def speaker_turns(text: str) -> list[Turn]:
    """The turns of an interview, in order; none when no speaker has two of them, or only one person is so marked.

    A turn ends where the next one or a heading begins.
    """
    labels = [found for found in _LABEL.finditer(text) if _may_speak(found["name"])]
    often = Counter(found["name"] for found in labels)
    speakers = {name for name, count in often.items() if count > 1}
    if not speakers:
        return []
    kept = [found for found in labels if found["name"] in speakers or _own_line(found, text)]
    if len({found["name"] for found in kept}) < 2:
        return []
    return list(_turns(kept, text))


def _may_speak(name: str) -> bool:
    return name not in _NO_SPEAKER and not _CLAUSE.search(name)


def _own_line(found: re.Match[str], text: str) -> bool:
    """Whether the label is marked out, or alone in its line: then one turn is enough."""
    return "**" in found["mark"] or text[found.end() : found.end() + 1] in {"\n", ""}


def _turns(labels: list[re.Match[str]], text: str) -> Iterator[Turn]:
    headings = [found.start() for found in _HEADING.finditer(text)]
    stops = [found.start() for found in labels[1:]] + [len(text)]
    passed = 0
    for found, stop in zip(labels, stops, strict=True):
        while passed < len(headings) and headings[passed] < found.end():
            passed += 1
        end = min(stop, headings[passed]) if passed < len(headings) else stop
        said = text[found.end() : end]
        start = found.end() + len(said) - len(said.lstrip())
        if said.strip():
            yield Turn(start, start + len(said.strip()), found["name"].strip())
