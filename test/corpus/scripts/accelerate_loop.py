"""Accelerate: the loop of Transformers' no_trainer examples, one bar over all steps of all epochs."""

import logging

import accelerate
import torch
from accelerate import Accelerator
from accelerate.logging import get_logger
from tiny import blobs, pause
from torch.utils.data import DataLoader, TensorDataset
from tqdm.auto import tqdm
from truth import truth

EPOCHS, STEPS = 4, 30
accelerator = Accelerator(cpu=True)
logging.basicConfig(format="%(asctime)s - %(levelname)s - %(name)s - %(message)s", level=logging.INFO)
logger = get_logger(__name__)
x, y = (torch.from_numpy(array) for array in blobs(STEPS * 8))
model = torch.nn.Sequential(torch.nn.Linear(16, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
truth.plan(
    "accelerate", accelerate.__version__, EPOCHS, STEPS, notes="One bar counts the steps of all epochs"
)
logger.info("***** Running training *****")
logger.info(f"  Num examples = {STEPS * 8}")
logger.info(f"  Num Epochs = {EPOCHS}")
logger.info(f"  Total optimization steps = {EPOCHS * STEPS}")
bar = tqdm(range(EPOCHS * STEPS), disable=not accelerator.is_local_main_process)
for epoch in range(EPOCHS):
    truth.epoch(epoch + 1)
    for batch_x, batch_y in loader:
        with accelerator.accumulate(model):
            loss = torch.nn.functional.cross_entropy(model(batch_x), batch_y)
            accelerator.backward(loss)
            optimizer.step()
            optimizer.zero_grad()
        pause(0.04)
        bar.update(1)
        truth.step()
    truth.epoch_end()
    with truth.phase("evaluation"), torch.no_grad():
        for batch_x, _ in loader:
            model(batch_x)
            pause(0.01)
    logger.info(f"epoch {epoch}: {{'accuracy': 0.8{epoch}}}")
