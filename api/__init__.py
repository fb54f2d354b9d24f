"""The graph over HTTP."""

from api.app import create_app
from api.settings import ServiceSettings

__all__ = ["ServiceSettings", "create_app"]
