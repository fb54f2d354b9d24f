"""A language model at any OpenAI-compatible address: the one way to it, for those rooms that may be helped by one."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import GuanxiError

_LARGEST = 4 * 2**20  # bytes of a reply


class AssistantError(GuanxiError):
    """The assistant did not answer, or not in the shape that was asked for."""


@dataclass(frozen=True)
class LanguageModel:
    """`address` ends before /chat/completions; `key` is sent as a bearer token; `timeout` is in seconds."""

    address: str
    model: str
    key: str = ""
    timeout: float = 120.0

    def object_of(self, asked: str) -> Mapping[str, Any]:
        """The JSON object that the model answers with. Raises AssistantError where it answers with none."""
        body = {"model": self.model, "temperature": 0, "messages": [{"role": "user", "content": asked}]}
        reply = self._post(json.dumps(body).encode())
        try:
            content = json.loads(reply)["choices"][0]["message"]["content"]
            given = json.loads(content[content.index("{") : content.rindex("}") + 1])
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise AssistantError(f"{self.address} did not answer with JSON: {error}") from error
        if not isinstance(given, dict):
            raise AssistantError(f"{self.address} did not answer with an object")
        return given

    def _post(self, body: bytes) -> bytes:
        if not self.address.startswith(("http://", "https://")):
            raise AssistantError(f"the assistant's address must begin with http:// or https://, not {self.address!r}")
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = urllib.request.Request(f"{self.address.rstrip('/')}/chat/completions", body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:  # noqa: S310
                data: bytes = reply.read(_LARGEST + 1)
        except (OSError, urllib.error.URLError) as error:
            raise AssistantError(f"no answer from {self.address}: {error}") from error
        if len(data) > _LARGEST:
            raise AssistantError(f"{self.address} answered with more than {_LARGEST // 2**20} MiB")
        return data
