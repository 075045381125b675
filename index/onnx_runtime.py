"""ONNX Runtime without its telemetry.

From 1.32 on it would number the machine in ~/.cache and report to its maker how it is used. Whoever
imports it imports it from here: what it asks the environment, it asks when it is loaded.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

onnxruntime.disable_telemetry_events()

__all__ = ["onnxruntime"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module without types
    """Load what only training needs when it is asked for."""
    if name == "quantization":
        return import_module("onnxruntime.quantization")
    raise AttributeError(name)
