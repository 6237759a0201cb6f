"""Compares the vectors of sayso-encoder with PyTorch's on the sentences of some articles (JSON Lines with "text").

    cargo build --release -p sayso-encoder --example vectors
    python compare.py ../../../../shared/data/polnear/dev.jsonl --program ../../../target/release/examples/vectors
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from pack import Packer, encoder, read
from pieces import weights_folder
from tokenizers import BertWordPieceTokenizer
from transformers import BertModel


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=Path)
    options.add_argument("--program", type=Path, required=True, help="the example `vectors` of sayso-encoder")
    options.add_argument("--model", type=Path, help="the folder of the model; else the pretrained one's")
    options.add_argument("--limit", type=int, default=20, help="how many articles")
    o = options.parse_args()
    folder = o.model or weights_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    cutter = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
    lines = o.articles.read_text(encoding="utf-8").split("\n")[: o.limit]
    paragraphs = [p for line in lines if line for p in json.loads(line)["text"].split("\n") if p.strip()]
    sequences = [cutter.encode(p).ids[:256] for p in paragraphs]
    model = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()
    with torch.no_grad():
        exact = np.concatenate([model(input_ids=torch.tensor([s])).last_hidden_state[0].numpy() for s in sequences])
    text = "\n".join(" ".join(map(str, s)) for s in sequences)
    packer = Packer("a comparison")
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8")
    encoder(packer, read(folder / "model.safetensors"), vocabulary, config["num_attention_heads"], config["layer_norm_eps"])
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        packer.write(Path(file.name))
        answer = subprocess.run([o.program, file.name], input=text.encode(), stdout=subprocess.PIPE, check=True)
    found = np.frombuffer(answer.stdout, "f4").reshape(exact.shape)
    cosine = (found * exact).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(exact, axis=1)
    share = np.linalg.norm(found - exact) / np.linalg.norm(exact)
    print(
        f"{len(exact)} pieces of {len(sequences)} paragraphs: greatest difference {np.abs(found - exact).max():.2g}, "
        f"relative {share:.2g}, cosine mean {cosine.mean():.5f}, least {cosine.min():.5f}"
    )


if __name__ == "__main__":
    main()
