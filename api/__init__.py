"""The graph over HTTP: api.app.create_app makes the service."""
