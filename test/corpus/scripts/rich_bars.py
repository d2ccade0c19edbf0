"""rich.progress: a single track, and a table of several tasks."""

import argparse
from importlib.metadata import version

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    track,
)
from tiny import pause
from truth import truth


def one_track():
    truth.plan("rich", version("rich"), 4, 40)
    for epoch in range(1, 5):
        truth.epoch(epoch)
        for _ in track(range(40), description=f"Epoch {epoch}/4"):
            pause(0.03)
            truth.step()
        truth.epoch_end()


def tasks():
    truth.plan(
        "rich",
        version("rich"),
        5,
        30,
        notes="Two tasks drawn at once: epochs and steps, with M/N columns and log lines",
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        epochs = progress.add_task("Epochs", total=5)
        steps = progress.add_task("Steps", total=30)
        for epoch in range(1, 6):
            truth.epoch(epoch)
            progress.reset(steps)
            for _ in range(30):
                pause(0.03)
                progress.advance(steps)
                truth.step()
            truth.epoch_end()
            progress.advance(epochs)
            progress.console.log(f"epoch {epoch}: loss {1 / epoch:.3f}")


def status_lines():
    truth.plan("rich", version("rich"), 6, None, notes="A spinner with text, coloured lines, no bar")
    console = Console()
    with console.status("[bold green]Training...") as status:
        for epoch in range(1, 7):
            truth.epoch(epoch)
            status.update(f"[bold green]Training epoch {epoch}/6")
            pause(0.8)
            truth.epoch_end()
            console.print(f"[cyan]Epoch[/] [bold]{epoch}[/]/6  loss [yellow]{1 / epoch:.4f}[/]")


FORMS = {"track": one_track, "tasks": tasks, "status": status_lines}
parser = argparse.ArgumentParser()
parser.add_argument("--form", choices=FORMS, default="track")
FORMS[parser.parse_args().form]()
