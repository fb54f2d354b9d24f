"""A question in plain words to an answer from the graph, with its statement and its evidence; or "not held"."""

from graph.languagemodel import AssistantError
from questions.answer import Answer
from questions.ask import answer
from questions.assistant import Assistant
from questions.evidence import Being

__all__ = ["Answer", "Assistant", "AssistantError", "Being", "answer"]
