"""lightning_fit.py without torch.distributed: PyTorch 1.13, Debian 12's, cannot load part of it on Python 3.11."""

import runpy

import torch

torch.distributed.is_available = lambda: False
runpy.run_path("lightning_fit.py", run_name="__main__")
