"""Annotated documents again, under other names: so that names are known by what stands around them, not by heart.

    python -m training.swapped FOLDER... --names finre_train.tsv --out OUT --seed N

Writes OUT/docs and OUT/gold. Names come from the other documents, and from FinRE for Chinese companies. A company or product
(in Chinese a person too) keeps its name where a reference or another name in the text is made of it.
"""

import argparse
import collections
import json
import random
import re
from pathlib import Path

from loaders.pairs import read_lines
from loaders.scripts import is_han

SHARE = 0.7  # of the entities that may get another name


def parts(name: str) -> set[str]:
    """What another word may have borrowed from a name: pairs of Chinese letters, longer Latin words, a surname."""
    han = [a + b for a, b in zip(name, name[1:]) if is_han(a) and is_han(b)]
    return {*han, *re.findall(r"[A-Za-z]{3,}|\d{3,}", name)}


def role(entity: dict, facts: list[dict]) -> tuple[str, str]:
    """Kind, and what sets schools and clubs apart from firms."""
    told = {fact["p"] for fact in facts if fact["o"] == entity["id"]} & {"EDUCATED_AT", "MEMBER_OF"}
    return entity["kind"], min(told, default="")


def surfaces(entity: dict, mentions: list[dict]) -> list[str]:
    """The names by which the text calls an entity, longest first."""
    return sorted(
        {m["surface"] for m in mentions if m["id"] == entity["id"] and m["named"]}, key=lambda s: (-len(s), s)
    )


def movable(gold: dict, text: str) -> list[dict]:
    """The entities of a document that can get another name without a word of the text giving the old one away."""
    mentions = sorted(gold["mentions"], key=lambda m: (m["start"], -m["end"]))
    nested = {m["id"] for a, b in zip(mentions, mentions[1:]) if b["start"] < a["end"] for m in (a, b)}
    outside = list(text)
    for m in mentions:
        outside[m["start"] : m["end"]] = "\0" * (m["end"] - m["start"])
    left = "".join(outside)
    found = []
    for entity in gold["entities"]:
        names = surfaces(entity, mentions)
        own = set().union(*map(parts, names)) | ({n[0] for n in names} if entity["kind"] == "person" else set())
        others = [m["surface"] for m in mentions if m["id"] != entity["id"] or not m["named"]]
        given_away = any(part in other for part in own for other in others) or any(name in left for name in names)
        allowed = entity["kind"] != "person" or gold["lang"] != "en"
        if names and allowed and entity["id"] not in nested and not given_away:
            found.append(entity)
    return found


def renamed(text: str, gold: dict, other: dict[str, dict[str, str]]) -> tuple[str, dict]:
    """The document with the surfaces of some entities replaced, every place moved along."""
    pieces, moved, at, length = [], [], 0, 0
    for m in sorted(gold["mentions"], key=lambda m: (m["start"], -m["end"])):
        if m["start"] < at:  # inside another mention, which keeps its words
            moved.append((m, m["start"] + length, m["surface"]))
            continue
        surface = other.get(m["id"], {}).get(m["surface"], m["surface"]) if m["named"] else m["surface"]
        pieces += [text[at : m["start"]], surface]
        moved.append((m, m["start"] + length, surface))
        length += len(surface) - len(m["surface"])
        at = m["end"]
    stored = "".join([*pieces, text[at:]])
    mentions = [{**m, "start": start, "end": start + len(s), "surface": s} for m, start, s in moved]
    for m in mentions:
        assert stored[m["start"] : m["end"]] == m["surface"], m
    facts = [{**fact, "evidence": evidence(fact.get("evidence", ""), other)} for fact in gold["facts"]]
    return stored, {**gold, "mentions": mentions, "facts": facts}


def evidence(words: str, other: dict[str, dict[str, str]]) -> str:
    swaps = {old: new for names in other.values() for old, new in names.items()}
    if not swaps or not words:
        return words
    longest_first = sorted(swaps, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda m: swaps[m.group()], words)


def swapped(text: str, gold: dict, donors: dict) -> tuple[str, dict]:
    other, taken = {}, set()
    for entity in movable(gold, text):
        names = surfaces(entity, gold["mentions"])
        pool = donors[gold["lang"] == "en", *role(entity, gold["facts"]), min(len(names), 2)]
        if random.random() > SHARE or not pool:
            continue
        given = random.choice(pool)
        if not taken & set(given) and not any(name in text for name in given):
            taken |= set(given)
            other[entity["id"]] = {name: given[min(i, len(given) - 1)] for i, name in enumerate(names)}
    return renamed(text, gold, other)


def donors_of(documents: list[tuple[str, dict]], names: Path) -> dict:
    found = collections.defaultdict(list)
    for _, gold in documents:
        for entity in gold["entities"]:
            own = surfaces(entity, gold["mentions"])
            for least in range(1, min(len(own), 2) + 1):
                found[gold["lang"] == "en", *role(entity, gold["facts"]), least].append(own)
    lines = read_lines(names)
    for name in sorted({row.head for row in lines} | {row.tail for row in lines}):
        found[False, "company", "", 1].append([name])
    return found


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("folders", type=Path, nargs="+")
    ap.add_argument("--names", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    random.seed(a.seed)
    documents, stems = [], []
    for folder in a.folders:
        for path in sorted((folder / "gold").glob("*.json")):
            text = (folder / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8")
            documents.append((text, json.loads(path.read_text(encoding="utf-8"))))
            stems.append(path.stem)
    donors = donors_of(documents, a.names)
    for part in ("docs", "gold"):
        (a.out / part).mkdir(parents=True, exist_ok=True)
    for stem, (text, gold) in zip(stems, documents):
        text, gold = swapped(text, gold, donors)
        (a.out / "docs" / f"{stem}.txt").write_text(text, encoding="utf-8", newline="")
        (a.out / "gold" / f"{stem}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
