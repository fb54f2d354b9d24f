"""Documents of our own with their mentions marked in the text, as annotated documents.

    python -m training.marked training/documents OUT      writes OUT/docs and OUT/gold, or says what is wrong in which file
    python -m training.marked training/documents          only checks

A file:

    language: zh-Hans
    entities:
    xt company 行途地图 | 行途
    zhao person 赵铭恺
    lamp product 路灯
    facts:
    zhao FOUNDED xt date=2013
    xt DEVELOPS lamp :: 为卡车司机开发的导航应用
    ? xt USES jf purpose="storage"
    ! zhao OWNS xt
    text:
    [xt|行途]的创始人[zhao|赵铭恺]不爱见记者。[zhao*他]说……

`[id|name]` marks a name, `[id*words]` a pronoun, title or description. `?` before a fact: it counts neither way; `!`: a wrong reading
that the text invites. The words after `::` are those that state the fact; a text of more than one window of the encoder needs them.
"""

import json
import re
import shlex
import sys
from pathlib import Path

from loaders.schema import ALLOWED, KINDS

LANGUAGES = {"en": "en", "zh-Hans": "zhs", "zh-Hant": "zht"}
_MARK = re.compile(r"\[([A-Za-z0-9_-]+)([|*])([^\[\]]+)\]")
_FACT = re.compile(r"(?:([?!])\s*)?(\S+)\s+([A-Z_]+)\s+(\S+)\s*(.*)")
LONG = 900  # letters (Chinese) from where on a text may be cut; three times that in English


class Wrong(ValueError):
    """A file that cannot be used, with each reason."""


def _sections(stored: str) -> dict[str, str]:
    parts = re.split(r"^(language|entities|facts|text):[ \t]*\n?", stored, flags=re.MULTILINE)
    return {name: body for name, body in zip(parts[1::2], parts[2::2])}


def _value(word: str) -> object:
    if word in {"true", "false"}:
        return word == "true"
    return (
        float(word) if re.fullmatch(r"\d+\.\d+", word) else int(word) if re.fullmatch(r"\d{5,}|\d{1,3}", word) else word
    )


def _text(marked: str, kinds: dict[str, str], wrong: list[str]) -> tuple[str, list[dict]]:
    text, mentions, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        name, named, surface = mark.group(1), mark.group(2) == "|", mark.group(3)
        if name not in kinds:
            wrong.append(f"[{name}|{surface}]: no such entity")
        mentions.append(
            {"id": name, "start": len(text), "end": len(text) + len(surface), "surface": surface, "named": named}
        )
        text, at = text + surface, mark.end()
    text += marked[at:]
    for left in re.findall(r"[\[\]]|\b[a-z0-9_-]+[|*][^\s]", text):
        wrong.append(f"a mark that is not closed or not opened near {left!r}")
    return text, mentions


def _fact(line: str, kinds: dict[str, str], text: str, wrong: list[str]) -> tuple[str, dict] | None:
    stated, _, evidence = line.partition(" :: ")
    found = _FACT.fullmatch(stated.strip())
    if not found:
        wrong.append(f"not a fact: {line}")
        return None
    sign, subject, predicate, thing, rest = found.groups()
    if subject not in kinds or thing not in kinds:
        wrong.append(f"unknown entity: {line}")
        return None
    if predicate not in ALLOWED or (kinds[subject], kinds[thing]) not in ALLOWED[predicate]:
        wrong.append(f"{predicate} does not go from {kinds[subject]} to {kinds[thing]}: {line}")
        return None
    attrs = {}
    for word in shlex.split(rest):
        key, equals, value = word.partition("=")
        if not equals:
            wrong.append(f"not key=value: {word!r} in {line}")
        attrs[key] = _value(value)
    fact = {"s": subject, "p": predicate, "o": thing, "attrs": attrs}
    if evidence.strip():
        if evidence.strip() not in text:
            wrong.append(f"these words do not stand in the text: {evidence.strip()}")
        fact["evidence"] = evidence.strip()
    if sign == "?":
        fact["optional"] = True
    return ("negatives" if sign == "!" else "facts"), fact


def parse(stored: str, name: str) -> tuple[str, dict]:
    """The text of a marked document, and its annotation; Wrong with every reason."""
    wrong: list[str] = []
    parts = _sections(stored)
    lacking = [part for part in ("language", "entities", "facts", "text") if part not in parts]
    if lacking:
        raise Wrong(f"{name}: no section {', '.join(lacking)}")
    language = parts["language"].strip()
    if language not in LANGUAGES:
        wrong.append(f"language: {language}")
    entities = []
    for line in filter(str.strip, parts["entities"].splitlines()):
        word = line.split(maxsplit=2)
        if len(word) != 3 or word[1] not in KINDS:
            wrong.append(f"not an entity: {line}")
        else:
            entities.append({"id": word[0], "kind": word[1], "names": [n.strip() for n in word[2].split("|")]})
    kinds = {e["id"]: e["kind"] for e in entities}
    text, mentions = _text(parts["text"].strip() + "\n", kinds, wrong)
    gold = {
        "doc": f"{name}.txt",
        "lang": language,
        "entities": entities,
        "mentions": mentions,
        "facts": [],
        "negatives": [],
    }
    for line in filter(str.strip, parts["facts"].splitlines()):
        found = _fact(line.strip(), kinds, text, wrong)
        if found:
            gold[found[0]].append(found[1])
    named = {m["id"] for m in mentions if m["named"]}
    wrong += [f"{e['id']} is never named in the text" for e in entities if e["id"] not in named]
    for entity in entities:
        for spelling in entity["names"]:
            unmarked = re.sub(r"\[[^\]]*\]", "\n", parts["text"])
            if len(spelling) > 1 and re.search(rf"(?<![A-Za-z]){re.escape(spelling)}(?![A-Za-z])", unmarked):
                wrong.append(f"{spelling} stands unmarked in the text")
    if len(text) > LONG * (3 if language == "en" else 1):
        wrong += [
            f"a long text needs ' :: words' for {f['s']} {f['p']} {f['o']}"
            for f in gold["facts"]
            if "evidence" not in f
        ]
    if wrong:
        raise Wrong("\n".join(f"{name}: {reason}" for reason in wrong))
    return text, gold


def main() -> None:
    source, *target = map(Path, sys.argv[1:])
    good, bad = 0, 0
    for path in sorted(source.glob("*.txt")) if source.is_dir() else [source]:
        try:
            text, gold = parse(path.read_text(encoding="utf-8"), path.stem)
        except Wrong as reasons:
            print(reasons)
            bad += 1
            continue
        good += 1
        for folder, ending, content in (("docs", "txt", text), ("gold", "json", json.dumps(gold, ensure_ascii=False))):
            if target:
                (target[0] / folder).mkdir(parents=True, exist_ok=True)
                (target[0] / folder / f"{path.stem}.{ending}").write_text(content, encoding="utf-8")
    print(f"{good} good, {bad} bad")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
