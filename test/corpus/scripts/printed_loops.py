"""Loops that print in the public formats of well-known scripts and of people's own: `--style` picks one."""

import argparse
import json
import logging
import sys
import time

import numpy as np
from tiny import blobs, pause
from truth import truth


class Softmax:
    """A linear classifier that really learns: `step()` trains one batch, `evaluate()` measures."""

    def __init__(self, seconds):
        self.x, self.y = blobs(400)
        self.weights = np.zeros((16, 4))
        self.rng = np.random.default_rng(3)
        self.seconds = seconds

    def _loss(self, rows):
        scores = self.x[rows] @ self.weights
        odds = np.exp(scores - scores.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        return odds, -np.log(odds[np.arange(len(rows)), self.y[rows]] + 1e-9).mean()

    def step(self):
        rows = self.rng.integers(0, len(self.x), 16)
        odds, loss = self._loss(rows)
        odds[np.arange(16), self.y[rows]] -= 1
        self.weights -= 0.02 * self.x[rows].T @ odds / 16
        pause(self.seconds)
        return loss

    def evaluate(self):
        pause(2 * self.seconds)
        return self._loss(np.arange(100))[1]


def now():
    return time.strftime("%Y-%m-%d %H:%M:%S")


class Style:
    """What is printed when. `total` epochs of `steps`; `every` so many steps a line."""

    total, steps, every, evaluations = 4, 20, 5, 0
    # What the output counts in a step: 0 where it counts none, 16 where it counts samples.
    unit = 1
    steps_of = "epoch"

    def begin(self):
        pass

    def epoch(self, epoch):
        pass

    def step(self, epoch, step, loss):
        pass

    def evaluation(self, epoch, step, loss):
        pass

    def end(self, epoch, train, valid):
        pass

    def over(self):
        pass


class WordLanguageModel(Style):
    """pytorch/examples, word_language_model."""

    def step(self, epoch, step, loss):
        print(
            f"| epoch {epoch:3d} | {step:5d}/{self.steps:5d} batches | lr 20.00 | ms/batch {15:5.2f} | "
            f"loss {loss:5.2f} | ppl {np.exp(loss):8.2f}"
        )

    def end(self, epoch, train, valid):
        print("-" * 89)
        print(
            f"| end of epoch {epoch:3d} | time: {0.4:5.2f}s | valid loss {valid:5.2f} | valid ppl {np.exp(valid):8.2f}"
        )
        print("-" * 89)

    def over(self):
        print("=" * 89)
        print("| End of training | test loss  1.20 | test ppl     3.32")
        print("=" * 89)


class CifarTutorial(Style):
    """PyTorch's CIFAR-10 tutorial."""

    def begin(self):
        print("Files already downloaded and verified")

    def step(self, epoch, step, loss):
        print(f"[{epoch}, {step:5d}] loss: {loss:.3f}")

    def over(self):
        print("Finished Training")
        print("Accuracy of the network on the 10000 test images: 54 %")


class CycleGan(Style):
    """junyanz/pytorch-CycleGAN-and-pix2pix."""

    def begin(self):
        print("The number of training images = 20")
        print("create web directory ./checkpoints/maps/web...")

    def epoch(self, epoch):
        print("learning rate 0.0002000 -> 0.0002000")

    def step(self, epoch, step, loss):
        print(f"(epoch: {epoch}, iters: {step}, time: 0.015, data: 0.001) G: {loss:.3f} D: {loss / 2:.3f} ")

    def end(self, epoch, train, valid):
        print(f"saving the model at the end of epoch {epoch}, iters {epoch * self.steps}")
        print(f"End of epoch {epoch} / {self.total} \t Time Taken: 1 sec")


class PytorchGan(Style):
    """eriklindernoren/PyTorch-GAN: epochs and batches from 0."""

    every = 1

    def step(self, epoch, step, loss):
        print(
            f"[Epoch {epoch - 1}/{self.total}] [Batch {step - 1}/{self.steps}] "
            f"[D loss: {loss:f}] [G loss: {loss / 2:f}]"
        )


class Vae(Style):
    """pytorch/examples, vae: samples are counted, the batch's first one."""

    unit = 16

    def step(self, epoch, step, loss):
        done = (step - 1) * 16
        print(f"Train Epoch: {epoch} [{done}/{self.steps * 16} ({100 * (step - 1) / self.steps:.0f}%)]\tLoss: {loss:.6f}")

    def end(self, epoch, train, valid):
        print(f"====> Epoch: {epoch} Average loss: {train:.4f}")
        print(f"====> Test set loss: {valid:.4f}")


class Sentiment(Style):
    """bentrevett/pytorch-sentiment-analysis: nothing within an epoch."""

    unit = 0

    def end(self, epoch, train, valid):
        print(f"Epoch: {epoch:02} | Epoch Time: 0m 1s")
        print(f"\tTrain Loss: {train:.3f} | Train Acc: {60.1:.2f}%")
        print(f"\t Val. Loss: {valid:.3f} |  Val. Acc: {61.2:.2f}%")


class Loguru(Style):
    """loguru's default format."""

    evaluations = 2

    def line(self, text, level="INFO"):
        print(f"{now()}.123 | {level:<8} | __main__:train:42 - {text}")

    def begin(self):
        self.line("Config: {'lr': 0.01, 'batch_size': 16, 'seed': 42}")
        self.line("Loaded 320 samples in 20 batches")

    def step(self, epoch, step, loss):
        self.line(f"Epoch {epoch}/{self.total} | step {step}/{self.steps} | loss={loss:.4f} | lr=1.00e-02")

    def evaluation(self, epoch, step, loss):
        self.line(f"Validating epoch {epoch}: batch {step}/{self.evaluations}")

    def end(self, epoch, train, valid):
        self.line(f"Epoch {epoch} finished: train_loss={train:.4f} val_loss={valid:.4f}", "SUCCESS")
        self.line(f"New best model at epoch {epoch}, saved to runs/best.pt")


class KeyValue(Style):
    """logging.basicConfig(level=INFO) and key=value, with counts from 0."""

    def step(self, epoch, step, loss):
        logging.info("epoch=%d step=%d loss=%.4f lr=0.01", epoch - 1, step - 1, loss)

    def end(self, epoch, train, valid):
        logging.info("eval epoch=%d val_loss=%.4f", epoch - 1, valid)


class JsonLines(Style):
    """One JSON object a line, with the run's steps."""

    steps_of = "run"

    def step(self, epoch, step, loss):
        done = (epoch - 1) * self.steps + step
        print(json.dumps({"ts": now(), "level": "info", "epoch": epoch, "global_step": done, "loss": round(loss, 4)}))

    def end(self, epoch, train, valid):
        print(json.dumps({"ts": now(), "level": "info", "event": "eval", "epoch": epoch, "val_loss": round(valid, 4)}))


class Swin(Style):
    """microsoft/Swin-Transformer: epochs and steps from 0."""

    evaluations = 2

    def line(self, text):
        print(f"[{now()} swin_tiny] (main.py 180): INFO {text}")

    def step(self, epoch, step, loss):
        self.line(
            f"Train: [{epoch - 1}/{self.total}][{step - 1}/{self.steps}]\teta 0:00:01 lr 0.000100\t wd 0.0500\t"
            f"time 0.0150 (0.0150)\tloss {loss:.4f} ({loss:.4f})\tgrad_norm 1.2345 (1.2345)\tmem 0MB"
        )

    def evaluation(self, epoch, step, loss):
        self.line(f"Test: [{step - 1}/{self.evaluations}]\tTime 0.030 (0.030)\tLoss {loss:.4f} ({loss:.4f})\tMem 0MB")

    def end(self, epoch, train, valid):
        self.line(f"EPOCH {epoch - 1} training takes 0:00:00")
        self.line(" * Acc@1 51.230 Acc@5 80.120")
        self.line(f"Accuracy of the network on the 100 test images: {51.2:.1f}%")


class Mmdetection(Style):
    """MMDetection 2 (mmcv's TextLoggerHook)."""

    def line(self, text):
        print(f"{now()},123 - mmdet - INFO - {text}")

    def begin(self):
        self.line("workflow: [('train', 1)], max: 4 epochs")

    def step(self, epoch, step, loss):
        self.line(
            f"Epoch [{epoch}][{step}/{self.steps}]\tlr: 1.000e-02, eta: 0:00:02, time: 0.015, data_time: 0.001, "
            f"memory: 100, loss: {loss:.4f}"
        )

    def end(self, epoch, train, valid):
        self.line(f"Saving checkpoint at {epoch} epochs")
        self.line(f"Epoch(val) [{epoch}][5]\tbbox_mAP: 0.3120, bbox_mAP_50: 0.5120")


class Mxnet(Style):
    """MXNet's Module.fit (base_module.py, callback.Speedometer): counts from 0."""

    def step(self, epoch, step, loss):
        logging.info("Epoch[%d] Batch [%d]\tSpeed: 1234.50 samples/sec\taccuracy=%.6f", epoch - 1, step, 1 / (1 + loss))

    def end(self, epoch, train, valid):
        logging.info("Epoch[%d] Train-accuracy=%.6f", epoch - 1, 1 / (1 + train))
        logging.info("Epoch[%d] Time cost=0.345", epoch - 1)
        logging.info("Epoch[%d] Validation-accuracy=%.6f", epoch - 1, 1 / (1 + valid))


class Transfer(Style):
    """PyTorch's transfer learning tutorial: `Epoch 0/3`, whose total is the last one's number."""

    unit = 0

    def epoch(self, epoch):
        print(f"Epoch {epoch - 1}/{self.total - 1}")
        print("-" * 10)

    def end(self, epoch, train, valid):
        print(f"train Loss: {train:.4f} Acc: 0.5123")
        print(f"val Loss: {valid:.4f} Acc: 0.5345")
        print()

    def over(self):
        print("Training complete in 0m 2s")
        print("Best val Acc: 0.534500")


class SpinningUp(Style):
    """openai/spinningup: a table an epoch, from 0."""

    unit = 0

    def end(self, epoch, train, valid):
        rows = {
            "Epoch": epoch - 1,
            "AverageEpRet": f"{-train:.3g}",
            "StdEpRet": "21.3",
            "EpLen": 200,
            "TotalEnvInteracts": epoch * 4000,
            "LossPi": f"{train:.3g}",
            "Time": f"{epoch * 0.4:.3g}",
        }
        print("-" * 39)
        for key, value in rows.items():
            print(f"| {key:>15} | {value!s:>15} |")
        print("-" * 39)


class Dashes(Style):
    """An own loop that heads each epoch and prints plain counts below."""

    evaluations = 2

    def epoch(self, epoch):
        print(f"\n======== Epoch {epoch} / {self.total} ========")
        print("Training...")

    def step(self, epoch, step, loss):
        print(f"  Batch {step:>5,}  of  {self.steps:>5,}.    Elapsed: 0:00:01.")

    def end(self, epoch, train, valid):
        print(f"\n  Average training loss: {train:.2f}\n  Training epoch took: 0:00:01\n")
        print(f"Running Validation...\n  Accuracy: 0.85\n  Validation Loss: {valid:.2f}\n  Validation took: 0:00:00")

    def over(self):
        print("\nTraining complete!\nTotal training took 0:00:03 (h:mm:ss)")


STYLES = {
    "word-language-model": WordLanguageModel,
    "cifar-tutorial": CifarTutorial,
    "cyclegan": CycleGan,
    "pytorch-gan": PytorchGan,
    "vae": Vae,
    "sentiment": Sentiment,
    "loguru": Loguru,
    "key-value": KeyValue,
    "json-lines": JsonLines,
    "swin": Swin,
    "mmdetection": Mmdetection,
    "mxnet": Mxnet,
    "transfer": Transfer,
    "spinning-up": SpinningUp,
    "dashes": Dashes,
}


def train(style, first):
    model = Softmax(0.02)
    style.begin()
    for epoch in range(first, style.total + 1):
        truth.epoch(epoch, keep_steps=style.steps_of == "run")
        style.epoch(epoch)
        losses = []
        for step in range(1, style.steps + 1):
            losses.append(model.step())
            if style.unit:
                truth.step((step if style.steps_of == "epoch" else (epoch - 1) * style.steps + step) * style.unit)
            if step % style.every == 0:
                style.step(epoch, step, losses[-1])
        truth.epoch_end()
        with truth.phase("validation"):
            for step in range(1, style.evaluations + 1):
                style.evaluation(epoch, step, model.evaluate())
            style.end(epoch, sum(losses) / len(losses), model.evaluate())
    style.over()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--style", choices=STYLES, required=True)
    parser.add_argument("--first", type=int, default=1)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    style = STYLES[asked.style]()
    steps = style.steps * style.unit * (style.total if style.steps_of == "run" else 1)
    notes = f"prints in the format of {style.__doc__.split(':')[0].strip().rstrip('.')}"
    truth.plan("own loop", "-", style.total, steps or None, asked.first, style.steps_of, notes)
    train(style, asked.first)


if __name__ == "__main__":
    main()
