"""DeepSpeed on the CPU: its engine's own step lines."""

import os

for name, value in {
    "RANK": "0",
    "LOCAL_RANK": "0",
    "WORLD_SIZE": "1",
    "MASTER_ADDR": "127.0.0.1",
    "MASTER_PORT": "29511",
}.items():
    os.environ.setdefault(name, value)
import deepspeed
import torch
from deepspeed.utils.logging import set_log_level_from_string
from tiny import pause
from tiny_torch import Training
from truth import truth

STEPS = 120
set_log_level_from_string("info")
training = Training()
config = {
    "train_batch_size": 16,
    "steps_per_print": 10,
    "optimizer": {"type": "Adam", "params": {"lr": 1e-3, "torch_adam": True}},
    "wall_clock_breakdown": False,
}
truth.plan(
    "deepspeed",
    deepspeed.__version__,
    steps=STEPS,
    notes="The engine prints a line for each 10 steps and no total",
)
engine, *_ = deepspeed.initialize(
    model=training.model, model_parameters=training.model.parameters(), config=config
)
for step in range(STEPS):
    rows = torch.randint(len(training.x), (16,))
    loss = torch.nn.functional.cross_entropy(engine(training.x[rows]), training.y[rows])
    engine.backward(loss)
    engine.step()
    truth.step()
    pause(0.05)
