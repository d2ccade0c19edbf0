"""Stable-Baselines3: learn() with its table, its progress bar, or both; steps are environment steps."""

import argparse

import gymnasium
import numpy as np
import stable_baselines3
from stable_baselines3 import PPO
from stable_baselines3.common.callbacks import BaseCallback
from tiny import pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--bar", action="store_true")
parser.add_argument("--quiet", action="store_true")
parser.add_argument("--steps", type=int, default=640)
asked = parser.parse_args()


class Walk(gymnasium.Env):
    """Walks a line towards +5."""

    observation_space = gymnasium.spaces.Box(-9, 9, (1,), np.float32)
    action_space = gymnasium.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.at, self.left = 0, 20
        return np.array([0], np.float32), {}

    def step(self, action):
        self.at += 1 if action else -1
        self.left -= 1
        return np.array([self.at], np.float32), float(self.at >= 5), abs(self.at) >= 5, self.left <= 0, {}


class Tell(BaseCallback):
    def _on_step(self):
        pause(0.01)
        truth.step(self.num_timesteps)
        return True


truth.plan(
    "stable-baselines3",
    stable_baselines3.__version__,
    steps=asked.steps,
    notes="The total is not in the table",
)
model = PPO(
    "MlpPolicy", Walk(), n_steps=64, batch_size=32, n_epochs=2, verbose=0 if asked.quiet else 1, device="cpu"
)
model.learn(asked.steps, callback=Tell(), progress_bar=asked.bar)
