"""Rich, alive-progress, enlighten and fastprogress as trainings use them: `--form` picks one."""

import logging
import time

from printed_loops import Softmax
from tiny import chosen
from truth import truth

EPOCHS, STEPS = 4, 20


def train_epoch(model, epoch, after):
    truth.epoch(epoch)
    for step in range(1, STEPS + 1):
        loss = model.step()
        truth.step()
        after(step, loss)
    truth.epoch_end()
    return loss


def version(name):
    from importlib.metadata import version as of

    return of(name)


def plan(package, steps=STEPS):
    truth.plan(package, version(package), EPOCHS, steps)


def rich_handler(model):
    """Log lines by rich.logging.RichHandler, which puts the time before and the source after them."""
    from rich.logging import RichHandler

    plan("rich", None)
    logging.basicConfig(level=logging.INFO, format="%(message)s", datefmt="[%X]", handlers=[RichHandler()])
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        losses = [model.step() for _ in range(STEPS)]
        truth.epoch_end()
        logging.info("Epoch %d/%d train_loss: %.4f", epoch, EPOCHS, sum(losses) / STEPS)


def rich_live(model):
    """A live table that grows by a row with each epoch."""
    from rich.live import Live
    from rich.table import Table

    plan("rich", None)
    table = Table("Epoch", "Train loss", "Val loss", title="Training")
    with Live(table, refresh_per_second=10):
        for epoch in range(1, EPOCHS + 1):
            truth.epoch(epoch)
            losses = [model.step() for _ in range(STEPS)]
            truth.epoch_end()
            table.add_row(str(epoch), f"{sum(losses) / STEPS:.4f}", f"{model.evaluate():.4f}")


def rich_nested(model):
    """A task for the epochs, one for the batches that begins again, one for the validation; text between."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    plan("rich")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        epochs = progress.add_task("Epochs", total=EPOCHS)
        batches = progress.add_task("Batches", total=STEPS)
        checks = progress.add_task("Validation", total=5, visible=False)
        for epoch in range(1, EPOCHS + 1):
            progress.reset(batches)
            loss = train_epoch(model, epoch, lambda step, loss: progress.advance(batches))
            progress.reset(checks, visible=True)
            with truth.phase("validation"):
                for _ in range(5):
                    model.evaluate()
                    progress.advance(checks)
            progress.update(checks, visible=False)
            progress.advance(epochs)
            progress.console.print(f"epoch {epoch}: loss {loss:.4f}")


def alive_prints(model):
    """A bar through the run, with prints that it puts above itself."""
    from alive_progress import alive_bar

    plan("alive-progress")
    with alive_bar(EPOCHS * STEPS, title="Training", force_tty=True) as bar:
        for epoch in range(1, EPOCHS + 1):
            loss = train_epoch(model, epoch, lambda step, loss: bar())
            print(f"Epoch {epoch} done, loss={loss:.4f}")


def enlighten_two(model):
    """A counter of the epochs below, one of the batches above it that goes away."""
    import enlighten

    plan("enlighten")
    with enlighten.get_manager() as manager:
        epochs = manager.counter(total=EPOCHS, desc="Epochs", unit="epochs")
        for epoch in range(1, EPOCHS + 1):
            batches = manager.counter(total=STEPS, desc=f"Epoch {epoch}", unit="batches", leave=False)
            train_epoch(model, epoch, lambda step, loss: batches.update(force=True))
            batches.close()
            epochs.update(force=True)


def fastprogress_master(model):
    """master_bar with comments and written lines."""
    from fastprogress.fastprogress import master_bar, progress_bar

    plan("fastprogress")
    master = master_bar(range(EPOCHS))
    for number in master:
        truth.epoch(number + 1)
        for _ in progress_bar(range(STEPS), parent=master):
            loss = model.step()
            truth.step()
            master.child.comment = f"{loss:.3f}"
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in progress_bar(range(6), parent=master):
                model.evaluate()
        master.write(f"Finished loop {number + 1} with {loss:.3f}")


def counters(model):
    """Own bars: a line that is drawn anew with `\\r`, with a bar of signs and a percentage."""
    truth.plan("own loop", "-", EPOCHS, STEPS)
    for epoch in range(1, EPOCHS + 1):

        def draw(step, loss):
            bar = "#" * step + "." * (STEPS - step)
            print(f"\rEpoch {epoch:>2}/{EPOCHS} [{bar}] {100 * step // STEPS:3d}% loss={loss:.3f}", end="", flush=True)

        train_epoch(model, epoch, draw)
        print()
        time.sleep(0.1)


FORMS = {
    "rich-handler": rich_handler,
    "rich-live": rich_live,
    "rich-nested": rich_nested,
    "alive-prints": alive_prints,
    "enlighten-two": enlighten_two,
    "fastprogress-master": fastprogress_master,
    "counters": counters,
}

if __name__ == "__main__":
    chosen(FORMS)(Softmax(0.03))
