"""Answers in words: sentences from the templates of words/*.toml, in the language of the question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from graph.folding import traditional
from graph.names import language as language_of_name
from questions.choose import ahead, past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions.evidence import Being, Evidence
    from questions.lexicon import Lexicon

MOST_FACTS = 6
_MOST_EXAMPLES = 3
_SYMBOLS = {"USD": "US$", "CNY": "¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥"}


class Speaker:
    """Says things in one language: en, zh-Hans or zh-Hant."""

    def __init__(self, language: str, lexicon: Lexicon) -> None:
        self.language = language
        self._says = lexicon.says["en" if language == "en" else "zh"]
        self._lexicon = lexicon

    def say(self, key: str, **parts: object) -> str:
        """The sentence of a template with its parts filled in."""
        return self._filled(str(self._says[key]), parts)

    def examples(self, question: str) -> list[str]:
        """The three questions that can be answered whose words are nearest to this one's."""
        told = [(-fuzz.token_set_ratio(question.lower(), str(text).lower()), place, str(text)) for place, text in
                enumerate(self._says["examples"])]  # fmt: skip
        return [self._script(text) for _, _, text in sorted(told)[:_MOST_EXAMPLES]]

    def names(self, names: Sequence[str]) -> str:
        """A list in words: A, B and C."""
        if len(names) < 2:
            return "".join(names)
        return str(self._says["comma"]).join(names[:-1]) + str(self._says["and"]) + names[-1]

    def name(self, being: Being) -> str:
        """The entity's name in the language of the answer, where it has one."""
        wanted = ("en",) if self.language == "en" else (self.language, "zh")
        for language in wanted:
            for name in being.names:
                if language_of_name(name) == language:
                    return name
        if self.language != "en":
            return next((n for n in being.names if language_of_name(n).startswith("zh")), being.name)
        return being.name

    def facts(self, found: Sequence[Evidence]) -> str:
        """The claims as sentences, each thing said once."""
        said = list(dict.fromkeys(self.fact(one) for one in found))
        stop = self._says["stop"]
        text = (f"{stop} " if self.language == "en" else stop).join(said[:MOST_FACTS])
        return text + stop if text else ""

    def fact(self, one: Evidence) -> str:
        """One claim as a sentence with its figures and dates, without a full stop."""
        templates = self._says["facts"]
        tense = "_past" if past(one) else "_next" if ahead(one) else ""
        template = templates.get(one.predicate + tense) or templates.get(one.predicate) or "{subject} – {object}"
        share, to = one.value("share_pct"), one.value("to")
        parts = {
            "subject": self.name(one.subject),
            "object": self.name(one.object),
            "role": str(one.value("role") or self._script(templates["role"])),
            "relation": str(one.value("relation") or self._script(templates["relation"])),
            "share": self._filled(templates["share"], {"share": number(share)}) if share is not None else "",
            "to": self._filled(templates["to"], {"to": to}) if to else "",
        }
        return self._filled(template, parts) + self._aside(one, tense)

    def _aside(self, one: Evidence, tense: str) -> str:
        """What else the claim says, in brackets."""
        said = [
            one.value("date"),
            self._span(one),
            money(one),
            one.value("degree"),
            one.value("purpose"),
            one.value("topic"),
        ]
        if one.predicate not in ("HOLDS_ROLE_AT", "FAMILY_OF"):
            said.append(one.value("role"))
        if one.status and one.status not in ("active", "completed"):
            said.append(self.status(one.status))
        elif tense == "_past" and not one.value("end"):
            said.append(self._script(str(self._says["ended"])))
        told = [str(part) for part in said if part]
        if not told:
            return ""
        return f" ({'; '.join(told)})" if self.language == "en" else f"（{'；'.join(told)}）"

    @staticmethod
    def _span(one: Evidence) -> str:
        since, until = one.value("start"), one.value("end")
        return f"{since or ''} – {until or ''}".strip() if since or until else ""

    def status(self, status: str) -> str:
        """The word for a status."""
        words = self._says.get("statuses", {})
        return self._script(str(words.get(status, status)))

    def _filled(self, template: str, parts: dict[str, Any]) -> str:
        pieces = re.split(r"\{(\w+)\}", template)
        return "".join(str(parts.get(p, "")) if place % 2 else self._script(p) for place, p in enumerate(pieces))

    def _script(self, text: str) -> str:
        return traditional(text) if self.language == "zh-Hant" else text


def number(value: object) -> str:
    """A number without needless noughts."""
    return (
        f"{value:g}"
        if isinstance(value, float) and abs(value) < 1e6
        else str(int(value) if isinstance(value, float) and value == int(value) else value)
    )


def money(one: Evidence) -> str:
    """The amount in full units, grouped, with its currency."""
    amount = one.value("amount") or unread(one, "amount")
    if amount is None:
        return ""
    currency = str(one.value("currency") or "")
    if not isinstance(amount, (int, float)):
        return f"{amount} {currency}".strip()
    figure = f"{int(amount):,}" if amount == int(amount) else f"{amount:,}"
    return f"{figure} {currency}".strip()


def unread(one: Evidence, name: str) -> str | None:
    """A figure that was no plain number: loading keeps it in the note, as "amount: nearly 1.5 billion"."""
    note = str(one.value("note") or "")
    return next(
        (part.removeprefix(f"{name}:").strip() for part in note.split("; ") if part.startswith(f"{name}:")), None
    )
