"""tqdm as people use it: `--form` picks how."""

import argparse

import tqdm as package
from tiny import pause
from tqdm import tqdm, trange
from truth import truth


def plan(epochs, steps, notes=""):
    truth.plan("tqdm", package.__version__, epochs, steps, notes=notes)


def plain():
    """One bar for the whole training: its items are the epochs."""
    plan(20, None, "The bar counts epochs")
    for epoch in trange(20):
        truth.epoch(epoch + 1)
        pause(0.2)
        truth.epoch_end()


def inner(epochs=4, steps=40, seconds=0.03, **bar):
    """A new bar for each epoch."""
    plan(epochs, steps)
    for epoch in range(epochs):
        truth.epoch(epoch + 1)
        for _ in tqdm(range(steps), desc=f"Epoch {epoch + 1}/{epochs}", **bar):
            pause(seconds)
            truth.step()
        truth.epoch_end()


def nested():
    plan(5, 30, "Outer bar of epochs, inner bar of batches with leave=False")
    for epoch in tqdm(range(5), desc="Epochs"):
        truth.epoch(epoch + 1)
        for _ in tqdm(range(30), desc="Batches", leave=False):
            pause(0.03)
            truth.step()
        truth.epoch_end()


def position():
    plan(3, 50, "Three bars at once: epochs, train batches, validation batches")
    outer = tqdm(total=3, desc="epoch", position=0)
    train = tqdm(total=50, desc="train", position=1)
    validation = tqdm(total=20, desc="valid", position=2)
    for epoch in range(3):
        truth.epoch(epoch + 1)
        train.reset()
        validation.reset()
        for _ in range(50):
            pause(0.02)
            train.update()
            truth.step()
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in range(20):
                pause(0.02)
                validation.update()
        outer.update()
    for bar in (validation, train, outer):
        bar.close()


def unknown():
    plan(3, None, "The loader has no length: the bar has no total")
    for epoch in range(3):
        truth.epoch(epoch + 1)
        for _ in tqdm((i for i in range(60)), desc=f"epoch {epoch}"):
            pause(0.03)
            truth.step()
        truth.epoch_end()


def no_description():
    plan(6, 25, "Six bare bars one after another: only their restart tells the epoch")
    for epoch in range(6):
        truth.epoch(epoch + 1)
        for _ in tqdm(range(25)):
            pause(0.03)
            truth.step()
        truth.epoch_end()


def postfix():
    plan(
        4,
        40,
        "Zero-based description, loss and learning rate in the postfix, a validation bar after each epoch",
    )
    for epoch in range(4):
        truth.epoch(epoch + 1)
        bar = tqdm(range(40), desc=f"Epoch {epoch}")
        for step in bar:
            pause(0.03)
            truth.step()
            bar.set_postfix(loss=2.0 / (1 + step + 40 * epoch), lr=1e-3, acc="12/40")
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(range(15), desc="Validation"):
                pause(0.03)


def manual():
    plan(3, 500, "update(8) by hand: the bar counts samples, the truth counts samples too")
    for epoch in range(3):
        truth.epoch(epoch + 1)
        with tqdm(total=500, unit="img", unit_scale=True, desc=f"Epoch {epoch + 1}/3") as bar:
            for start in range(0, 500, 8):
                size = min(8, 500 - start)
                pause(0.04)
                bar.update(size)
                truth.step(start + size)
        truth.epoch_end()


def write():
    plan(4, 30, "tqdm.write between the bar's updates")
    bar = tqdm(total=120, desc="training")
    for epoch in range(4):
        truth.epoch(epoch + 1)
        for step in range(30):
            pause(0.03)
            bar.update()
            truth.step()
            if step % 10 == 9:
                tqdm.write(f"epoch {epoch + 1}/4 step {step + 1}/30 loss {1.0 / (step + 1):.4f}")
        truth.epoch_end()
    bar.close()


FORMS = {
    "plain": plain,
    "inner": inner,
    "nested": nested,
    "position": position,
    "unknown": unknown,
    "bare": no_description,
    "postfix": postfix,
    "manual": manual,
    "write": write,
    "no-leave": lambda: inner(leave=False),
    "ascii": lambda: inner(ascii=True),
    "slow": lambda: inner(3, 4, 1.3),
    "fast": lambda: inner(3, 800, 0.001, mininterval=0.1),
    "colour": lambda: inner(colour="green"),
}

parser = argparse.ArgumentParser()
parser.add_argument("--form", choices=FORMS, default="inner")
FORMS[parser.parse_args().form]()
