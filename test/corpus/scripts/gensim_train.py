"""gensim's Word2Vec with its log lines; the truth from a callback."""

import logging
import platform
import random

import gensim
from gensim.models.callbacks import CallbackAny2Vec
from gensim.models.word2vec import Word2Vec
from tiny import pause
from truth import truth


class Tell(CallbackAny2Vec):
    epoch = 0

    def on_epoch_begin(self, model):
        self.epoch += 1
        truth.epoch(self.epoch)
        pause(0.7)

    def on_epoch_end(self, model):
        truth.epoch_end()


platform.platform = lambda: "Linux-x86_64-with-glibc2.36"  # gensim logs it: not this machine's kernel
logging.basicConfig(format="%(asctime)s : %(levelname)s : %(message)s", level=logging.INFO)
rng = random.Random(1)
sentences = [[f"word{rng.randrange(200)}" for _ in range(20)] for _ in range(3000)]
truth.plan("gensim", gensim.__version__, 8, notes="Epochs counted from 0 in the log")
Word2Vec(sentences, vector_size=32, workers=1, epochs=8, callbacks=[Tell()])
