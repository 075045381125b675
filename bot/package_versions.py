"""The versions of Beleg and of what it is built on."""

from __future__ import annotations

import platform
from importlib import metadata

_PACKAGES = (
    "beleg",
    "discord.py",
    "faiss-cpu",
    "onnxruntime",
    "sentence-transformers",
    "tantivy",
    "torch",
    "trafilatura",
)


def package_versions() -> dict[str, str]:
    """Return the version of each by its name, Python's last."""
    versions = {name: metadata.version(name) for name in _PACKAGES}
    return {**versions, "python": platform.python_version()}
