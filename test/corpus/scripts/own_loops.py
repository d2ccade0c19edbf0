"""PyTorch loops with output of their author's own making, and awkward surroundings: `--form` picks one."""

import json
import logging
import os
import signal
import sys
import time

import torch
from tiny import chosen
from tiny_torch import Training
from truth import truth

training = Training()


def plan(epochs, steps, notes):
    truth.plan("own loop", torch.__version__, epochs, steps, notes=notes)


def train_epoch(epoch, steps, each=lambda step, loss: None):
    truth.epoch(epoch)
    for step in range(1, steps + 1):
        loss = training.step()
        truth.step()
        each(step, loss)
    truth.epoch_end()


def carriage_return():
    plan(4, 40, "One line overwritten by \\r, a new line at the epoch's end")
    for epoch in range(1, 5):
        train_epoch(
            epoch,
            40,
            lambda step, loss, epoch=epoch: print(
                f"\rEpoch {epoch}/4  batch {step}/40  loss {loss:.3f}", end="", flush=True
            ),
        )
        print()


def hand_bar():
    plan(3, 40, "A bar drawn by hand")

    def draw(step, loss):
        filled = step * 30 // 40
        sys.stdout.write("\r[" + "=" * filled + ">" + "." * (30 - filled) + f"] {step * 100 // 40:3d}%")
        sys.stdout.flush()

    for epoch in range(1, 4):
        print(f"--- Epoch {epoch} ---")
        train_epoch(epoch, 40, draw)
        print(f"\nloss {training.average():.4f}")


def logging_lines():
    plan(6, 30, "key=value lines with the time before them")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(levelname)s] %(name)s: %(message)s")
    log = logging.getLogger("trainer")
    log.info("config: {'epochs': 6, 'batch_size': 16, 'lr': 0.01}")
    for epoch in range(1, 7):
        train_epoch(
            epoch,
            30,
            lambda step, loss, epoch=epoch: (
                step % 10 or log.info("epoch=%d step=%d loss=%.4f", epoch, step, loss)
            ),
        )
        log.info("epoch=%d finished, val_loss=%.4f", epoch, training.evaluate())


def json_lines():
    plan(8, 25, "One JSON object an epoch, epochs counted from 0")
    for epoch in range(8):
        train_epoch(epoch + 1, 25)
        print(
            json.dumps(
                {
                    "epoch": epoch,
                    "train_loss": round(training.average(), 4),
                    "lr": 0.01,
                    "time": round(time.time(), 1),
                }
            )
        )


def csv():
    plan(8, 25, "A table with a head, then one row an epoch")
    print("epoch,train_loss,val_loss,seconds")
    for epoch in range(1, 9):
        train_epoch(epoch, 25)
        print(f"{epoch},{training.average():.4f},{training.evaluate():.4f},0.75")


def adapter():
    plan(5, 40, "Step lines within an epoch, total epochs only in the head")
    print("Training for 5 epochs, 40 steps per epoch")
    for epoch in range(5):
        print(f"\nStarting epoch {epoch}")
        train_epoch(
            epoch + 1, 40, lambda step, loss: step % 8 or print(f"  step {step}/40 - loss: {loss:.4f}")
        )


def crash():
    plan(10, 30, "Fails in epoch 4")
    for epoch in range(1, 11):
        if epoch == 4:
            truth.epoch(4)
            training.step()
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        train_epoch(epoch, 30)
        print(f"Epoch {epoch}/10: train_loss={training.average():.4f}")


def interrupt():
    plan(10, 30, "Interrupted in epoch 3, as by Ctrl+C")
    for epoch in range(1, 11):
        print(f"Epoch {epoch}/10")
        if epoch == 3:
            truth.epoch(3)
            training.step()
            truth.step()
            os.kill(os.getpid(), signal.SIGINT)
        train_epoch(epoch, 30, lambda step, loss: print(f"\r  {step}/30 loss {loss:.3f}", end="", flush=True))
        print()


def deceptive():
    plan(5, 30, "Ratios and percentages in the lines that are no progress")
    print(
        "Found 12/100 corrupt files. Using device 1/8. Learning rate 1/3 of base. Epochs without improvement: 3/5 is the limit."
    )
    print("Epoch length: 30, warmup: 2/10 epochs, version 3/4")
    for epoch in range(1, 6):
        train_epoch(epoch, 30)
        print(f"accuracy 47/50 (94%)  top-5 49/50  epoch time 1.0s  best epoch so far: {max(1, epoch - 1)}")
        print(f"[Epoch {epoch}] GPU 0: 3/80 GiB used, lr step 1/4")


FORMS = {
    "carriage-return": carriage_return,
    "hand-bar": hand_bar,
    "logging": logging_lines,
    "json": json_lines,
    "csv": csv,
    "head": adapter,
    "crash": crash,
    "interrupt": interrupt,
    "deceptive": deceptive,
}
chosen(FORMS)()
