"""MMEngine's Runner, by epoch or by iteration; the truth from a hook."""

import argparse

import mmengine
import torch
from mmengine.evaluator import BaseMetric, Evaluator
from mmengine.hooks import Hook
from mmengine.model import BaseModel
from mmengine.runner import Runner
from tiny import blobs, pause
from torch.utils.data import Dataset
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--iterations", action="store_true")
asked = parser.parse_args()


class Blobs(Dataset):
    def __init__(self, size):
        self.x, self.y = blobs(size)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return torch.from_numpy(self.x[index]), int(self.y[index])


class Classifier(BaseModel):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(16, 4)

    def forward(self, x, y, mode):
        pause(0.03)
        scores = self.layer(torch.stack(list(x)))
        y = torch.as_tensor(y)
        return {"loss": torch.nn.functional.cross_entropy(scores, y)} if mode == "loss" else (scores, y)


class Accuracy(BaseMetric):
    def process(self, data_batch, data_samples):
        scores, labels = data_samples
        self.results.append({"size": len(labels), "right": int((scores.argmax(1) == labels).sum())})

    def compute_metrics(self, results):
        return {"accuracy": sum(item["right"] for item in results) / sum(item["size"] for item in results)}


class Tell(Hook):
    priority = "LOWEST"

    def before_train_epoch(self, runner):
        if not asked.iterations:
            truth.epoch(runner.epoch + 1)

    def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None):
        truth.step()

    def after_train_epoch(self, runner):
        if not asked.iterations:
            truth.epoch_end()

    def before_val(self, runner):
        truth.phase_begin("validation")

    def after_val(self, runner):
        truth.phase_end()


def loader(size):
    return {
        "batch_size": 8,
        "num_workers": 0,
        "dataset": Blobs(size),
        "sampler": {"type": "DefaultSampler", "shuffle": True},
    }


if asked.iterations:
    train = {"by_epoch": False, "max_iters": 150, "val_interval": 50}
    truth.plan("mmengine", mmengine.__version__, steps=150)
else:
    train = {"by_epoch": True, "max_epochs": 4, "val_interval": 1}
    truth.plan("mmengine", mmengine.__version__, 4, 40)
Runner(
    model=Classifier(),
    work_dir="work",
    train_dataloader=loader(320),
    val_dataloader=loader(80),
    train_cfg=train,
    val_cfg={},
    val_evaluator=Evaluator(Accuracy()),
    optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.01}},
    default_hooks={
        "logger": {"type": "LoggerHook", "interval": 10, "log_metric_by_epoch": not asked.iterations}
    },
    log_processor={"by_epoch": not asked.iterations},
    custom_hooks=[Tell()],
    default_scope=None,
).train()
