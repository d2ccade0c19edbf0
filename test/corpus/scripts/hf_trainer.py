"""Hugging Face Trainer on a tiny BERT with made tokens; the truth from a TrainerCallback."""

import argparse

import numpy as np
import torch
import transformers
from tiny import pause
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--max-steps", type=int, default=-1)
parser.add_argument("--evaluate", action="store_true")
parser.add_argument("--accumulate", type=int, default=1)
parser.add_argument("--logging-steps", type=int, default=10)
parser.add_argument("--samples", type=int, default=240)
parser.add_argument("--no-bar", action="store_true")
parser.add_argument("--seconds", type=float, default=0.04)
asked = parser.parse_args()
in_steps = asked.max_steps > 0


class Tell(TrainerCallback):
    def on_epoch_begin(self, args, state, control, **kwargs):
        truth.epoch(round(state.epoch or 0) + 1, keep_steps=in_steps)

    def on_step_end(self, args, state, control, **kwargs):
        pause(asked.seconds)
        truth.step()

    def on_epoch_end(self, args, state, control, **kwargs):
        if abs(state.epoch - round(state.epoch)) < 1e-6:
            truth.epoch_end()


class Told(Trainer):
    def evaluate(self, *args, **kwargs):
        with truth.phase("evaluation"):
            return super().evaluate(*args, **kwargs)

    def prediction_step(self, *args, **kwargs):
        pause(asked.seconds)
        return super().prediction_step(*args, **kwargs)


class Tokens(torch.utils.data.Dataset):
    def __init__(self, size):
        rng = np.random.default_rng(size)
        self.tokens = torch.from_numpy(rng.integers(5, 99, (size, 12)))

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, index):
        tokens = self.tokens[index]
        return {"input_ids": tokens, "attention_mask": torch.ones_like(tokens), "labels": int(tokens[0] > 50)}


def arguments():
    options = {}
    if asked.evaluate:
        known = TrainingArguments.__dataclass_fields__
        options["eval_strategy" if "eval_strategy" in known else "evaluation_strategy"] = "epoch"
    return TrainingArguments(
        output_dir="out",
        num_train_epochs=asked.epochs,
        max_steps=asked.max_steps,
        per_device_train_batch_size=8,
        per_device_eval_batch_size=8,
        gradient_accumulation_steps=asked.accumulate,
        logging_steps=asked.logging_steps,
        save_strategy="no",
        report_to="none",
        disable_tqdm=asked.no_bar,
        **options,
    )


steps = asked.samples // 8 // asked.accumulate
truth.plan(
    "transformers",
    transformers.__version__,
    None if in_steps else asked.epochs,
    asked.max_steps if in_steps else steps,
    notes="The bar counts the optimizer steps of the whole run"
    + ("; planned in steps, the framework names epochs too" if in_steps else ""),
)
config = BertConfig(
    vocab_size=100, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
)
trainer = Told(
    model=BertForSequenceClassification(config),
    args=arguments(),
    train_dataset=Tokens(asked.samples),
    eval_dataset=Tokens(80),
    callbacks=[Tell()],
)
trainer.train()
if asked.evaluate:
    print(trainer.evaluate())
