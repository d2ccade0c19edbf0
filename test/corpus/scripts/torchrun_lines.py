"""Four processes of torchrun (gloo), which all print their lines; the truth is rank 0's."""

import os

import torch
import torch.distributed as dist
from tiny_torch import Training

rank = int(os.environ["RANK"])
if rank:
    os.environ.pop("TRUTH_FILE", None)
from truth import truth  # noqa: E402

EPOCHS, STEPS = 4, 20
dist.init_process_group("gloo")
truth.plan("torchrun", torch.__version__, EPOCHS, STEPS, notes="Every rank prints each line")
training = Training(0.03)
model = torch.nn.parallel.DistributedDataParallel(training.model)
for epoch in range(1, EPOCHS + 1):
    truth.epoch(epoch)
    for step in range(1, STEPS + 1):
        loss = training.loss()
        model(training.x[:8]).sum().backward()
        training.step()
        truth.step()
        if step % 5 == 0:
            print(
                f"[rank{rank}] Epoch {epoch}/{EPOCHS} Step {step}/{STEPS} loss {loss.item():.4f}", flush=True
            )
    dist.barrier()
    truth.epoch_end()
    print(f"[rank{rank}] Epoch {epoch}/{EPOCHS} done", flush=True)
dist.destroy_process_group()
