"""More of what surrounds a training: several stages, seeds, crashes and restarts, silent ends: `--form` picks one."""

import sys

from printed_loops import Softmax
from tiny import chosen
from tqdm import tqdm
from truth import truth


def epochs(model, total, first=1, line=lambda epoch, total, loss: print(f"Epoch {epoch}/{total} - loss: {loss:.4f}")):
    for epoch in range(first, total + 1):
        truth.epoch(epoch)
        loss = sum(model.step() for _ in range(10)) / 10
        truth.epoch_end()
        line(epoch, total, loss)


def seeds():
    """The same training with three seeds."""
    truth.plan("own loop", "-", steps_of="epoch")
    for seed in (1, 2, 3):
        print(f"seed {seed}")
        truth.stage(f"seed {seed}", 4)
        epochs(Softmax(0.02), 4)
    print("mean accuracy 0.51 +- 0.02 over 3 seeds")


def stages():
    """Two stages with other totals, each with a head of its own."""
    truth.plan("own loop", "-", steps_of="epoch")
    for name, total in (("Stage 1: pretraining", 3), ("Stage 2: fine-tuning", 5)):
        print(f"\n=== {name} ===")
        truth.stage(name, total)
        epochs(Softmax(0.02), total)


def silent_restart():
    """Two fits one after another, with nothing between."""
    truth.plan("own loop", "-", steps_of="epoch")
    for name in ("teacher", "student"):
        truth.stage(name, 4)
        epochs(Softmax(0.02), 4, line=lambda epoch, total, loss: print(f"epoch {epoch}: {name} loss {loss:.4f}"))


def bars():
    """The same bars for two models, named by the model."""
    truth.plan("own loop", "-", steps_of="epoch")
    for name in ("teacher", "student"):
        truth.stage(name, 3, 15)
        model = Softmax(0.03)
        for epoch in range(1, 4):
            truth.epoch(epoch)
            for _ in tqdm(range(15), desc=f"{name} epoch {epoch}/3"):
                model.step()
                truth.step()
            truth.epoch_end()


def before():
    """Bars of tokenizing and caching, a build's percentages, then the training, then a test and an export."""
    truth.plan("own loop", "-", 3, 20)
    model = Softmax(0.02)
    with truth.phase("data"):
        for _ in tqdm(range(12), desc="Tokenizing"):
            model.evaluate()
        for percent in range(0, 101, 20):
            print(f"[{percent:3d}%] Building CXX object csrc/kernel.cpp.o")
        print("[1/2] c++ -MMD -MF main.o.d\n[2/2] c++ main.o -shared -o kernel.so")
    for epoch in range(1, 4):
        truth.epoch(epoch)
        for _ in tqdm(range(20), desc=f"Epoch {epoch}"):
            model.step()
            truth.step()
        truth.epoch_end()
    with truth.phase("test"):
        for _ in tqdm(range(10), desc="Testing"):
            model.evaluate()
        for _ in tqdm(range(8), desc="Exporting"):
            model.evaluate()


def killed():
    """Ends with an error in its fourth epoch."""
    truth.plan("own loop", "-", 6, 20)
    model = Softmax(0.02)
    for epoch in range(1, 7):
        truth.epoch(epoch)
        for step in tqdm(range(20), desc=f"Epoch {epoch}/6", file=sys.stdout):
            model.step()
            if (epoch, step) == (4, 9):
                raise RuntimeError("CUDA error: an illegal memory access was encountered")
            truth.step()
        truth.epoch_end()


def resumed():
    """Goes on from a checkpoint at its fourth epoch, counted from 0."""
    print("=> loading checkpoint 'runs/last.pt'\n=> loaded checkpoint 'runs/last.pt' (epoch 3)")
    truth.plan("own loop", "-", 8, None, 4)
    epochs(Softmax(0.03), 8, 4, lambda epoch, total, loss: print(f"Epoch: {epoch}/{total}\ttrain loss {loss:.4f}"))


FORMS = {
    "seeds": seeds,
    "stages": stages,
    "silent-restart": silent_restart,
    "bars": bars,
    "before": before,
    "killed": killed,
    "resumed": resumed,
}

if __name__ == "__main__":
    chosen(FORMS)()
