"""The progress bar packages besides tqdm and rich: `--bar` picks one."""

import argparse
from importlib.metadata import version

from tiny import pause
from truth import truth

EPOCHS, STEPS = 4, 40


def batches():
    for _ in range(STEPS):
        pause(0.03)
        truth.step()
        yield


def alive():
    from alive_progress import alive_bar

    truth.plan("alive-progress", version("alive-progress"), EPOCHS, STEPS)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        with alive_bar(STEPS, title=f"Epoch {epoch}/{EPOCHS}") as advance:
            for _ in batches():
                advance()
        truth.epoch_end()


def enlighten():
    import enlighten as package

    truth.plan(
        "enlighten",
        version("enlighten"),
        EPOCHS,
        STEPS,
        notes="Bars pinned to the terminal's foot by a scroll region",
    )
    manager = package.get_manager()
    epochs = manager.counter(total=EPOCHS, desc="Epochs", unit="epochs")
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        steps = manager.counter(total=STEPS, desc=f"Batches of epoch {epoch}", unit="batches", leave=False)
        for _ in batches():
            steps.update()
        steps.close()
        truth.epoch_end()
        epochs.update()
        print(f"loss {1 / epoch:.3f}")
    manager.stop()


def fastprogress():
    from fastprogress.fastprogress import master_bar, progress_bar

    truth.plan("fastprogress", version("fastprogress"), EPOCHS, STEPS)
    outer = master_bar(range(1, EPOCHS + 1))
    for epoch in outer:
        truth.epoch(epoch)
        for _ in progress_bar(range(STEPS), parent=outer):
            pause(0.03)
            truth.step()
            outer.child.comment = f"loss {1 / epoch:.3f}"
        truth.epoch_end()
        outer.write(f"Finished epoch {epoch}.")


def progressbar2():
    import progressbar

    truth.plan("progressbar2", version("progressbar2"), EPOCHS, STEPS)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        print(f"Epoch {epoch}")
        with progressbar.ProgressBar(max_value=STEPS) as bar:
            for done, _ in enumerate(batches(), 1):
                bar.update(done)
        truth.epoch_end()


def click():
    import click as package

    truth.plan("click", version("click"), EPOCHS, STEPS)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        with package.progressbar(length=STEPS, label=f"Epoch {epoch}", show_pos=True) as bar:
            for _ in batches():
                bar.update(1)
        truth.epoch_end()


BARS = {
    "alive": alive,
    "enlighten": enlighten,
    "fastprogress": fastprogress,
    "progressbar2": progressbar2,
    "click": click,
}
parser = argparse.ArgumentParser()
parser.add_argument("--bar", choices=BARS, required=True)
BARS[parser.parse_args().bar]()
