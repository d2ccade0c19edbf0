"""Bars and lines in shapes that are seldom thought of: `--form` picks one."""

import sys
import time

from printed_loops import Softmax
from tiny import chosen
from tqdm import tqdm, trange
from truth import truth

EPOCHS, STEPS = 4, 20


def plan(epochs=EPOCHS, steps=STEPS, **more):
    truth.plan("own loop", "-", epochs, steps, **more)


def step(model, number=None):
    loss = model.step()
    truth.step(number)
    return loss


def unnamed_generator(model):
    """Bars without name and total, one an epoch."""
    plan(steps=None)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        for _ in tqdm(model for _ in range(STEPS)):
            step(model)
        truth.epoch_end()


def whole(model):
    """One bar of all steps, updated by hand, with the epoch in its metrics."""
    plan()
    with tqdm(total=EPOCHS * STEPS) as bar:
        for epoch in range(1, EPOCHS + 1):
            truth.epoch(epoch)
            for _ in range(STEPS):
                bar.set_postfix(epoch=epoch, loss=f"{step(model):.3f}")
                bar.update()
            truth.epoch_end()


def slow(model):
    """More than a second a step."""
    plan(2, 4)
    for epoch in range(1, 3):
        truth.epoch(epoch)
        for _ in tqdm(range(4), desc=f"epoch {epoch}"):
            time.sleep(1.1)
            step(model)
        truth.epoch_end()


def nested(model):
    """An outer and an inner bar without names, the inner one stays."""
    plan()
    for epoch in trange(EPOCHS):
        truth.epoch(epoch + 1)
        for _ in trange(STEPS):
            step(model)
        truth.epoch_end()


def epochs_alone(model):
    """A bar of the epochs alone, with metrics, and no word for them."""
    plan(30, None)
    bar = trange(30)
    for epoch in bar:
        truth.epoch(epoch + 1)
        loss = sum(model.step() for _ in range(5)) / 5
        truth.epoch_end()
        bar.set_description(f"loss {loss:.4f}")


def rich_bar(model):
    """tqdm.rich, one an epoch."""
    from tqdm.rich import tqdm as rich_tqdm

    plan()
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        for _ in rich_tqdm(range(STEPS), desc=f"Epoch {epoch}"):
            step(model)
        truth.epoch_end()


def status(model):
    """rich.status with a line above it after each epoch."""
    from rich.console import Console

    plan(steps=None)
    console = Console()
    with console.status("Training...") as shown:
        for epoch in range(1, EPOCHS + 1):
            truth.epoch(epoch)
            shown.update(f"Training epoch {epoch} of {EPOCHS}")
            loss = sum(model.step() for _ in range(STEPS)) / STEPS
            truth.epoch_end()
            console.log(f"epoch {epoch} loss {loss:.4f}")


def percent(model):
    """A percentage that is drawn anew, below a head for each epoch."""
    plan()
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        print(f"Epoch {epoch}/{EPOCHS}")
        for number in range(1, STEPS + 1):
            loss = step(model)
            print(f"\r{100 * number // STEPS:3d}% - batch {number}/{STEPS} - loss {loss:.3f}", end="", flush=True)
        truth.epoch_end()
        print(f"\n  val_loss {model.evaluate():.4f}")


def dots(model):
    """A dot a step behind the epoch's name, and the result at the end of the line."""
    plan(steps=None)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        print(f"Epoch {epoch}: ", end="", flush=True)
        for _ in range(STEPS):
            loss = model.step()
            print(".", end="", flush=True)
        truth.epoch_end()
        print(f" loss={loss:.4f}", flush=True)


def tabs(model):
    """A table whose columns are divided by tabs."""
    plan(steps=None)
    print("epoch\ttrain_loss\tval_loss\tseconds")
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        loss = sum(model.step() for _ in range(STEPS)) / STEPS
        truth.epoch_end()
        print(f"{epoch}\t{loss:.4f}\t{model.evaluate():.4f}\t0.5")


def piped_table(model):
    """A table in Markdown's form."""
    plan(steps=None)
    print("| Epoch | Train loss | Val loss | LR |\n|------:|-----------:|---------:|---:|")
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        loss = sum(model.step() for _ in range(STEPS)) / STEPS
        truth.epoch_end()
        print(f"| {epoch:5d} | {loss:10.4f} | {model.evaluate():8.4f} | 1e-3 |")


def german(model):
    """Lines in another language."""
    plan(steps=None)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        loss = sum(model.step() for _ in range(STEPS)) / STEPS
        truth.epoch_end()
        print(f"Epoche {epoch}/{EPOCHS} - Verlust: {loss:.4f} - Genauigkeit: 0.51")


def chinese(model):
    """Lines with wide characters."""
    plan()
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        for number in range(1, STEPS + 1):
            loss = step(model)
            if number % 5 == 0:
                print(f"训练 Epoch [{epoch}/{EPOCHS}] Step [{number}/{STEPS}] 损失: {loss:.4f}")
        truth.epoch_end()
        print(f"第{epoch}轮训练完成, 验证损失: {model.evaluate():.4f}")


def gan(model):
    """Two losses of two networks, each 10 steps, in a run of iterations with epochs beside."""
    plan()
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        for number in range(STEPS):
            loss = step(model)
            if number % 10 == 9:
                print(f"[{epoch + 1}/{EPOCHS}][{number + 1}/{STEPS}]\tLoss_D: {loss:.4f}\tLoss_G: {2 * loss:.4f}")
        truth.epoch_end()


def accumulated(model):
    """Optimizer's steps and micro batches in one line."""
    truth.plan("own loop", "-", steps=STEPS)
    for number in range(1, STEPS + 1):
        for micro in range(1, 4):
            model.step()
            if micro < 3:
                print(f"micro-batch {micro}/3 of step {number}", flush=True)
        truth.step(number)
        print(f"step {number}/{STEPS} loss 0.{number:03d} grad_norm 1.2 lr 1.0e-3", flush=True)


def two_logs(model):
    """The same event told by two loggers."""
    plan(steps=None)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        loss = sum(model.step() for _ in range(STEPS)) / STEPS
        truth.epoch_end()
        print(f"INFO:trainer:epoch {epoch} loss {loss:.4f}")
        print(f'{{"level": "info", "logger": "trainer", "msg": "epoch {epoch} loss {loss:.4f}"}}')


def tests(model):
    """A test set's own counts within each epoch, in the same words as the training's."""
    plan()
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        for number in range(1, STEPS + 1):
            loss = step(model)
            if number % 5 == 0:
                print(f"[train] epoch {epoch} [{number}/{STEPS}] loss {loss:.4f}")
        truth.epoch_end()
        for number in range(1, 4):
            print(f"[test] epoch {epoch} [{number}/3] loss {model.evaluate():.4f}")


FORMS = {
    "unnamed-generator": unnamed_generator,
    "whole": whole,
    "slow": slow,
    "nested": nested,
    "epochs-alone": epochs_alone,
    "rich-bar": rich_bar,
    "status": status,
    "percent": percent,
    "dots": dots,
    "tabs": tabs,
    "piped-table": piped_table,
    "german": german,
    "chinese": chinese,
    "gan": gan,
    "accumulated": accumulated,
    "two-logs": two_logs,
    "tests": tests,
}

if __name__ == "__main__":
    chosen(FORMS)(Softmax(0.03))
    sys.stdout.flush()
