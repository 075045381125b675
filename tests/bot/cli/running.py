"""What running a command of Beleg gives back, and something to add."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KURSK = """Truppen in Kursk

Der Minister äußerte sich am Donnerstag in Washington vor der Presse zur Lage in der Region.

Rund 8.000 Soldaten aus Nordkorea stehen nach Angaben der USA in der Region Kursk.

Moskau schweigt dazu bisher und verweist auf einen Vertrag zwischen den beiden Staaten.
"""


@dataclass
class Result:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Beleg = Callable[..., Result]
