"""Sentence Transformers' trainer on a tiny BERT and a tokenizer made here."""

import sentence_transformers
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
    losses,
)
from sentence_transformers.models import Pooling, Transformer
from tiny import pause
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, TrainerCallback
from truth import truth


class Tell(TrainerCallback):
    def on_epoch_begin(self, args, state, control, **kwargs):
        truth.epoch(round(state.epoch or 0) + 1)

    def on_step_end(self, args, state, control, **kwargs):
        pause(0.05)
        truth.step()

    def on_epoch_end(self, args, state, control, **kwargs):
        truth.epoch_end()


WORDS = [f"word{number}" for number in range(50)]
tokenizer = Tokenizer(
    WordLevel({word: number for number, word in enumerate(["[PAD]", "[UNK]", *WORDS])}, "[UNK]")
)
tokenizer.pre_tokenizer = Whitespace()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(
    "base"
)
BertModel(
    BertConfig(
        vocab_size=60, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
).save_pretrained("base")
body = Transformer("base", max_seq_length=16)
model = SentenceTransformer(modules=[body, Pooling(16)], device="cpu")
pairs = Dataset.from_dict(
    {
        "anchor": [f"word{n % 50} word{n % 7}" for n in range(160)],
        "positive": [f"word{n % 50} word{n % 11}" for n in range(160)],
    }
)
truth.plan("sentence-transformers", sentence_transformers.__version__, 3, 20)
SentenceTransformerTrainer(
    model=model,
    args=SentenceTransformerTrainingArguments(
        "out",
        num_train_epochs=3,
        per_device_train_batch_size=8,
        logging_steps=10,
        report_to="none",
        save_strategy="no",
        use_cpu=True,
    ),
    train_dataset=pairs,
    loss=losses.MultipleNegativesRankingLoss(model),
    callbacks=[Tell()],
).train()
