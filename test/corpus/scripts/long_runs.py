"""Longer trainings with uneven timing, for the projection: `--form` picks how uneven."""

import subprocess
import sys
import time

import torch
from tiny import chosen, pause
from tiny_torch import Training
from tqdm import tqdm
from truth import truth

BURN = "import time\nend = time.monotonic() + 35\nwhile time.monotonic() < end:\n    sum(range(10000))"


def plan(epochs, steps, notes):
    truth.plan("own loop", torch.__version__, epochs, steps, notes=notes)


def run(epochs, steps, step, after=lambda epoch: None):
    for epoch in range(1, epochs + 1):
        truth.epoch(epoch)
        for number in tqdm(range(steps), desc=f"Epoch {epoch}/{epochs}"):
            step((epoch - 1) * steps + number)
            truth.step()
        truth.epoch_end()
        after(epoch)


def warm_up():
    """torch.compile works in the first batch, and again when the shape changes in the last, smaller one."""
    plan(12, 60, "torch.compile: the first batch takes many seconds, the rest milliseconds")
    training = Training(0.08)
    training.model = torch.compile(
        torch.nn.Sequential(
            *(torch.nn.Sequential(torch.nn.Linear(16, 16), torch.nn.GELU()) for _ in range(12)),
            torch.nn.Linear(16, 4),
        )
    )
    training.optimizer = torch.optim.SGD(training.model.parameters(), lr=0.01)
    run(12, 60, lambda number: training.step())


def short_epochs():
    plan(400, 4, "400 epochs of a fifth of a second, a line each")
    training = Training(0.05)
    for epoch in range(1, 401):
        truth.epoch(epoch)
        for _ in range(4):
            training.step()
            truth.step()
        truth.epoch_end()
        print(f"Epoch {epoch:3d}/400 loss {training.average():.4f}")


def growing():
    plan(15, 40, "Each step takes longer than the one before it: from 40 to 200 ms")
    training = Training(0)

    def step(number):
        training.step()
        pause(0.04 + 0.16 * number / 600)

    run(15, 40, step)


def checkpoints():
    plan(20, 30, "Every 5th epoch ends with an evaluation and a checkpoint of 6 s")
    training = Training(0.08)

    def after(epoch):
        if epoch % 5 == 0:
            with truth.phase("evaluation and checkpoint"):
                print(f"Evaluating after epoch {epoch}...")
                pause(6)
                print(f"Saved checkpoint-{epoch}")

    run(20, 30, lambda number: training.step(), after)


def noisy():
    """Works hard without waits; in the middle two other programs take the processor from it."""
    plan(20, 40, "Another load of 35 s begins in epoch 8")
    training = Training(0, batch=64, width=256)
    burning = []

    def step(number):
        end = time.process_time() + 0.06
        while time.process_time() < end:
            training.losses.clear()
            training.step()
        if number == 7 * 40:
            truth.phase_begin("other load")
            burning.extend(subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(4))
        if burning and all(process.poll() is not None for process in burning):
            truth.phase_end()
            burning.clear()

    run(20, 40, step)
    for process in burning:
        process.wait()


FORMS = {
    "warm-up": warm_up,
    "short": short_epochs,
    "growing": growing,
    "checkpoints": checkpoints,
    "noisy": noisy,
}
chosen(FORMS)()
