"""Loops that print lines of their author's own invention: `--form` picks which."""

import argparse
import time

from tiny import pause
from truth import truth

FORMS = {
    "slash": lambda epoch, total, took: print(f"Epoch {epoch}/{total} - loss: {1 / epoch:.4f}"),
    "colon": lambda epoch, total, took: print(
        f"epoch: {epoch}, train loss: {1 / epoch:.3f}, val acc: 0.{80 + epoch}"
    ),
    "bracket": lambda epoch, total, took: print(
        f"[{epoch}/{total}] Loss_D: {1 / epoch:.4f} Loss_G: {epoch / 9:.4f}"
    ),
    "done": lambda epoch, total, took: print(f"Epoch {epoch} done in {took:.1f} s"),
    "padded": lambda epoch, total, took: print(
        f"Epoch [{epoch:03d}/{total:03d}] | loss={1 / epoch:.2e} | {took:.2f}s"
    ),
    "dashes": lambda epoch, total, took: print(
        f"| end of epoch {epoch:3d} | time: {took:5.2f}s | valid loss {1 / epoch:5.2f} |\n" + "-" * 78
    ),
}

parser = argparse.ArgumentParser()
parser.add_argument("--form", choices=FORMS, default="slash")
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--resume-from", type=int, default=0, help="epochs that an earlier run has trained")
parser.add_argument("--stop-at", type=int, help="stops early after this epoch")
parser.add_argument("--seconds", type=float, default=0.5)
asked = parser.parse_args()

truth.plan(
    "own loop",
    "",
    asked.epochs,
    first=asked.resume_from + 1,
    notes="The line comes when the epoch is over"
    + (f"; stops early after epoch {asked.stop_at}" if asked.stop_at else ""),
)
print("Loading data... 50000 samples, 10 classes")
if asked.resume_from:
    print(f"=> loading checkpoint 'checkpoints/last.pt' (epoch {asked.resume_from})")
for number in range(asked.resume_from + 1, asked.epochs + 1):
    truth.epoch(number)
    begun = time.monotonic()
    pause(asked.seconds)
    truth.epoch_end()
    FORMS[asked.form](number, asked.epochs, time.monotonic() - begun)
    if number == asked.stop_at:
        print(f"Early stopping: no improvement for 3 epochs. Best loss 0.1234 at epoch {number - 3}")
        break
print("Finished Training")
