"""Trains an encoder on the articles of `sayso-lab encoder-data`, on all or on all but one fold; goes on where it was stopped."""

import argparse
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

from articles import read
from model import batch, pretrained
from pieces import Pieces

BATCH = 2500  # pieces
PERIOD = 120  # seconds between checkpoints


def loss_of(flat, anchored, b):
    """The loss of a batch, and its two parts."""
    tags = F.cross_entropy(flat.float(), b.labels)
    sums, count = 0.0, 0
    for logits, g in zip(anchored, b.groups):
        sums = sums + F.cross_entropy(logits.float()[g.mask], g.labels[g.mask], reduction="sum")
        count += int(g.mask.sum())
    pairs = sums / max(count, 1)
    return 0.5 * tags + 1.5 * pairs, tags.item(), float(pairs)


def batches(articles, seed):
    """Articles in random order, as many together as fit."""
    order = list(articles)
    random.Random(seed).shuffle(order)
    part, size = [], 0
    for a in order:
        if part and size + a.size > BATCH:
            yield part
            part, size = [], 0
        part.append(a)
        size += a.size
    if part:
        yield part


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path, help="the folder that encoder-data wrote")
    options.add_argument("-o", "--output", type=Path, required=True, help="the weights (.safetensors)")
    options.add_argument("--fold", type=int, help="leave out every article whose number has this remainder by --folds")
    options.add_argument("--folds", type=int, default=2)
    options.add_argument("--epochs", type=float, default=3)
    options.add_argument("--rate", type=float, default=2e-4)
    options.add_argument("--head-rate", type=float, default=1e-3)
    options.add_argument("--depth", type=int, default=1, help="narrow layers of the anchored head")
    options.add_argument("--start", type=Path, help="begin with these weights instead of the pretrained ones")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--limit", type=int, help="train on so many articles only, to try")
    options.add_argument("--threads", type=int, default=2)
    o = options.parse_args()

    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    cutter = Pieces()
    articles = read(o.data / "polnear-train.jsonl", cutter)
    seen = [a for i, a in enumerate(articles) if o.fold is None or i % o.folds != o.fold][: o.limit]
    model = pretrained(o.depth)
    if o.start:
        model.load_state_dict(load_file(o.start))
    body = [p for n, p in model.named_parameters() if n.startswith("bert.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    groups = [{"params": body, "lr": o.rate}, {"params": heads, "lr": o.head_rate}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    steps = [part for e in range(int(o.epochs + 0.999)) for part in batches(seen, o.seed * 1000 + e)]
    steps = steps[: round(len(steps) * o.epochs / int(o.epochs + 0.999))]
    ramp = max(1, len(steps) // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / ramp, (len(steps) - s) / (len(steps) - ramp)))

    saved = o.output.with_suffix(".checkpoint")
    begin = 0
    if saved.exists():
        state = torch.load(saved)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"]), schedule.load_state_dict(state["schedule"])
        begin = state["step"]
    model.train()
    started = last = time.time()
    tags = pairs = pieces = 0.0
    for step in range(begin, len(steps)):
        b = batch(steps[step], cutter)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            flat, anchored = model(b)
        loss, t, p = loss_of(flat, anchored, b)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        tags, pairs, pieces = tags + t, pairs + p, pieces + int(b.mask.sum())
        if (step + 1) % 20 == 0:
            rate = pieces / (time.time() - started)
            print(f"{step + 1}/{len(steps)} tags {tags / 20:.4f} pairs {pairs / 20:.4f} {rate:.0f} pieces/s", flush=True)
            tags = pairs = pieces = 0.0
            started = time.time()
        if time.time() - last > PERIOD:
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "step": step + 1}
            torch.save(state, saved.with_suffix(".part"))
            saved.with_suffix(".part").rename(saved)
            last = time.time()
    save_file({n: t.contiguous() for n, t in model.state_dict().items()}, o.output)
    saved.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
