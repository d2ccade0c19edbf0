"""Lightning 2 or PyTorch Lightning 1: Trainer.fit with the truth from a callback."""

import argparse
import logging

try:
    import lightning.pytorch as pl
except ImportError:
    import pytorch_lightning as pl
import torch
from tiny import blobs, pause
from torch.utils.data import DataLoader, TensorDataset
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--max-steps", type=int, default=-1)
parser.add_argument("--bar", choices=["default", "tqdm", "rich", "none"], default="tqdm")
parser.add_argument("--validation", action="store_true")
parser.add_argument("--patience", type=int)
parser.add_argument("--fits", type=int, default=1)
parser.add_argument("--test", action="store_true")
parser.add_argument("--seconds", type=float, default=0.03)
asked = parser.parse_args()
in_steps = asked.max_steps > 0


class Tell(pl.Callback):
    def on_train_epoch_start(self, trainer, module):
        truth.epoch(trainer.current_epoch + 1, keep_steps=in_steps)

    def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx):
        truth.step()
        module.last_done = batch_idx + 1

    def on_train_epoch_end(self, trainer, module):
        if module.last_done == trainer.num_training_batches:
            truth.epoch_end()

    def on_sanity_check_start(self, trainer, module):
        truth.phase_begin("sanity check")

    def on_sanity_check_end(self, trainer, module):
        truth.phase_end()

    def on_validation_start(self, trainer, module):
        if not trainer.sanity_checking:
            truth.phase_begin("validation")

    def on_validation_end(self, trainer, module):
        if not trainer.sanity_checking:
            truth.phase_end()

    def on_test_start(self, trainer, module):
        truth.phase_begin("test")

    def on_test_end(self, trainer, module):
        truth.phase_end()


class Classifier(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(16, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))

    def loss_of(self, batch):
        pause(asked.seconds)
        x, y = batch
        return torch.nn.functional.cross_entropy(self.layers(x), y)

    def training_step(self, batch, batch_idx):
        loss = self.loss_of(batch)
        self.log("train_loss", loss, prog_bar=True)
        return loss

    def validation_step(self, batch, batch_idx):
        self.log("val_loss", self.loss_of(batch), prog_bar=True)

    def test_step(self, batch, batch_idx):
        self.log("test_loss", self.loss_of(batch))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), 1e-3)


def loader(samples, **options):
    x, y = blobs(samples)
    return DataLoader(TensorDataset(torch.from_numpy(x), torch.from_numpy(y)), batch_size=8, **options)


def fit(number):
    truth.stage(f"fit {number}", None if in_steps else asked.epochs, asked.max_steps if in_steps else 30)
    callbacks = [Tell()]
    if asked.bar == "rich":
        callbacks.append(pl.callbacks.RichProgressBar(leave=True))
    elif asked.bar == "tqdm":
        callbacks.append(pl.callbacks.TQDMProgressBar())
    if asked.patience is not None:
        callbacks.append(
            pl.callbacks.EarlyStopping("val_loss", min_delta=0.5, patience=asked.patience, verbose=True)
        )
    trainer = pl.Trainer(
        max_epochs=-1 if in_steps else asked.epochs,
        max_steps=asked.max_steps,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=asked.bar != "none",
        num_sanity_val_steps=2,
        callbacks=callbacks,
    )
    model = Classifier()
    trainer.fit(model, loader(240), loader(80) if asked.validation else None)
    if asked.test:
        trainer.test(model, loader(80))


# Lightning advertises another package, with a link, at random: left out.
for logger in ("lightning.pytorch.utilities.rank_zero", "pytorch_lightning.utilities.rank_zero"):
    logging.getLogger(logger).addFilter(lambda record: "Tip" not in record.getMessage())
name = "lightning" if pl.__name__.startswith("lightning") else "pytorch-lightning"
notes = "Counted in steps; the framework names epochs too" if in_steps else ""
truth.plan(name, pl.__version__, steps_of="run" if in_steps else "epoch", notes=notes)
for number in range(1, asked.fits + 1):
    fit(number)
