"""A recording to be made."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recipe:
    name: str
    command: str
    tags: list = field(default_factory=list)
    venv: str = "new"
    columns: int = 80
    rows: int = 24
    tty: bool = True
    env: dict = field(default_factory=dict)
    nice: int = 15
    exit_code: int = 0
