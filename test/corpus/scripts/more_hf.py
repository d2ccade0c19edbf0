"""Hugging Face's Trainer in more of its shapes: `--form` picks one."""

import os

import torch
import transformers
from tiny import blobs, chosen, pause, quiet
from transformers import EarlyStoppingCallback, Trainer, TrainerCallback, TrainingArguments
from truth import truth

EPOCHS, STEPS = 3, 20


class Data(torch.utils.data.Dataset):
    def __init__(self, samples):
        x, y = blobs(samples)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, at):
        return {"x": self.x[at], "labels": self.y[at]}


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(16, 4)

    def forward(self, x, labels=None, **_):
        scores = self.layer(x)
        return {"loss": torch.nn.functional.cross_entropy(scores, labels), "logits": scores}


class Tells(TrainerCallback):
    def on_epoch_begin(self, args, state, control, **_):
        truth.epoch(int(state.epoch or 0) + 1)

    def on_step_end(self, args, state, control, **_):
        pause(0.03)
        truth.step(state.global_step - (state.global_step - 1) // STEPS * STEPS)

    def on_epoch_end(self, args, state, control, **_):
        truth.epoch_end()


def arguments(**more):
    given = {
        "output_dir": "out",
        "num_train_epochs": EPOCHS,
        "per_device_train_batch_size": 16,
        "logging_steps": 5,
        "save_strategy": "no",
        "report_to": "none",
        "use_cpu": True,
        **more,
    }
    if transformers.__version__ < "4.41" and "eval_strategy" in given:
        given["evaluation_strategy"] = given.pop("eval_strategy")
    if transformers.__version__ < "4.34":
        given["no_cuda"] = given.pop("use_cpu")
    return TrainingArguments(**given)


def trainer(callbacks=(), samples=16 * STEPS, **more):
    return Trainer(
        Model(), arguments(**more), train_dataset=Data(samples), eval_dataset=Data(96), callbacks=[Tells(), *callbacks]
    )


def plan(first=1, epochs=EPOCHS):
    truth.plan("transformers", transformers.__version__, epochs, STEPS, first)


def no_bar():
    """disable_tqdm: dictionaries alone."""
    plan()
    trainer(disable_tqdm=True, eval_strategy="epoch").train()


def eval_steps():
    """An evaluation every few steps, the best model loaded at the end, predictions after it."""
    plan()
    made = trainer(eval_strategy="steps", eval_steps=15, save_strategy="steps", save_steps=15, load_best_model_at_end=True)
    made.train()
    with truth.phase("evaluation"):
        made.evaluate()
        made.predict(Data(160))


def resumed():
    """Goes on from a checkpoint of the second epoch's end."""
    transformers.utils.logging.set_verbosity_info()
    with quiet():
        given = arguments(num_train_epochs=5, max_steps=2 * STEPS, save_strategy="steps", save_steps=2 * STEPS)
        other = Trainer(Model(), given, train_dataset=Data(16 * STEPS))
        other.train()
    plan(3, 5)
    trainer(num_train_epochs=5).train(resume_from_checkpoint=os.path.join("out", f"checkpoint-{2 * STEPS}"))


def early():
    """Stopped early."""
    plan(epochs=12)
    stop = EarlyStoppingCallback(1, 10.0)
    made = trainer([stop], num_train_epochs=12, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="eval_loss")
    made.train()


FORMS = {"no-bar": no_bar, "eval-steps": eval_steps, "resumed": resumed, "early": early}

if __name__ == "__main__":
    torch.manual_seed(0)
    chosen(FORMS)()
