"""Trains an encoder on the articles of `sayso-lab encoder-data`, on all or on all but one fold; goes on where it was stopped.

A student (student.py) learns from its teacher's scores beside the annotation: --start, --vocabulary, --longest, --teacher.
"""

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

from articles import Article, read
from model import batch, load, pretrained
from pieces import CHUNK, Pieces, weights_folder
from scores import Scores
from scores import read as scores

BATCH = 2500  # pieces
PERIOD = 120  # seconds between checkpoints


@dataclass
class Lesson:
    """An article, whether it is annotated, and what the teacher thinks of it."""

    article: Article
    gold: bool
    taught: Scores | None

    @property
    def size(self):
        return self.article.size


def loss_of(flat, anchored, b, lessons, trust):
    """The loss of a batch, and its two parts; `trust` is the teacher's share where there is an annotation, too."""
    share = torch.tensor([(trust if lesson.gold else 1.0) if lesson.taught else 0.0 for lesson in lessons])
    sizes = torch.tensor([len(lesson.article.pieces) for lesson in lessons])
    soft = torch.cat([lesson.taught.tokens for lesson in lessons]) if share.any() else None
    tags = mixed(flat.float(), b.labels, soft, share.repeat_interleave(sizes)).mean()
    sums, count = 0.0, 0
    for logits, g in zip(anchored, b.groups):
        of = torch.tensor([a for a, _ in g.which])
        soft = g.of([lesson.taught.runs for lesson in lessons]) if share.any() else None
        sums = sums + mixed(logits.float()[g.mask], g.labels[g.mask], soft, share[of].repeat_interleave(g.mask.sum(1))).sum()
        count += int(g.mask.sum())
    pairs = sums / max(count, 1)
    return 0.5 * tags + 1.5 * pairs, tags.item(), float(pairs.detach() if count else 0.0)


def mixed(logits, labels, soft, share):
    """Cross-entropy against the labels, and in a share against the teacher's probabilities."""
    hard = F.cross_entropy(logits, labels, reduction="none")
    return hard if soft is None else (1 - share) * hard - share * (soft * torch.log_softmax(logits, -1)).sum(-1)


def lessons(o, cutter):
    """What there is to learn from."""
    out = []
    for name, gold in [("polnear-train", True)] + [(name, False) for name in o.also]:
        articles = read(o.data / f"{name}.jsonl", cutter, o.longest)
        taught = scores(o.teacher / f"{name}.scores") if o.teacher else [None] * len(articles)
        chosen = [i for i in range(len(articles)) if not gold or o.fold is None or i % o.folds != o.fold]
        out += [Lesson(articles[i], gold, taught[i]) for i in chosen]
    return out[: o.limit]


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


def lower(model, part, b, cutter, known):
    """What the layers that are not trained make of a batch; of each article it is found once."""
    for lesson in part:
        if lesson.article.id not in known:
            alone = batch([lesson.article], cutter)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                rows = model.lower(alone)
            known[lesson.article.id] = [row[: int(count)].clone() for row, count in zip(rows, alone.mask.sum(1))]
    rows = [row for lesson in part for row in known[lesson.article.id]]
    out = rows[0].new_zeros(*b.pieces.shape, rows[0].shape[-1])
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


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
    options.add_argument("--base", type=Path, help="the folder of the pretrained encoder; without it all-MiniLM-L6-v2's")
    options.add_argument("--layers", type=int, help="only so many of the pretrained layers, from below")
    options.add_argument("--kept", type=int, default=0, help="of them stay as they are, from below (of an MPNet)")
    options.add_argument("--start", type=Path, help="begin with these weights instead of the pretrained ones")
    options.add_argument("--vocabulary", type=Path, help="vocab.txt of a student")
    options.add_argument("--longest", type=int, default=CHUNK, help="pieces that are encoded together")
    options.add_argument("--teacher", type=Path, help="the folder of the teacher's scores")
    options.add_argument("--trust", type=float, default=0.6, help="the teacher's share of the loss where there is an annotation, too")
    options.add_argument("--also", nargs="*", default=[], help="sets without annotation, for which the teacher's scores stand alone")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--limit", type=int, help="train on so many articles only, to try")
    options.add_argument("--threads", type=int, default=2)
    o = options.parse_args()

    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    base = o.base or weights_folder()
    cutter = Pieces(o.vocabulary or base / "vocab.txt")
    seen = lessons(o, cutter)
    model = load(o.start) if o.start else pretrained(base, o.depth, o.layers, o.kept)
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
    known: dict[str, list[torch.Tensor]] = {}
    started = last = time.time()
    tags = pairs = pieces = 0.0
    for step in range(begin, len(steps)):
        part = steps[step]
        b = batch([lesson.article for lesson in part], cutter)
        if o.kept:
            b.lower = lower(model, part, b, cutter, known)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            flat, anchored = model(b)
        loss, t, p = loss_of(flat, anchored, b, part, o.trust)
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
