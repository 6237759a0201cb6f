"""The encoder with its two heads: roles of all tokens at once, and the roles of a window's tokens in the statement of one cue."""

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F
from transformers import AutoConfig, BertConfig, BertModel, MPNetConfig, MPNetModel
from transformers.models.bert.modeling_bert import BertLayer

from articles import DISTANCES, Article, distance
from pieces import Pieces
from scores import LABELS

NARROW = 128  # width of the anchored head
HEADS = 12  # of attention, in each layer of the encoder


@dataclass
class Batch:
    """Several articles; tokens, runs and pairs counted through."""

    pieces: torch.Tensor  # chunks x length
    mask: torch.Tensor
    quoted: torch.Tensor  # like pieces: 0 outside, 1 opening, 2 inside, 3 closing
    shapes: torch.Tensor  # like pieces
    first: torch.Tensor  # for each token its first piece, in the flattened chunks
    labels: torch.Tensor  # for each token
    groups: list["Windows"]
    lower: torch.Tensor | None = None  # what the layers that are not trained make of the pieces, where that is known


@dataclass
class Windows:
    """Runs whose windows are about equally long, padded to the longest."""

    run_tokens: torch.Tensor  # tokens of the runs, one after another
    run_of: torch.Tensor  # and whose each is
    tokens: torch.Tensor  # runs x length
    mask: torch.Tensor
    distance: torch.Tensor
    same: torch.Tensor  # 1 in the cue's sentence
    labels: torch.Tensor
    which: list[tuple[int, int]]  # article in the batch, run in the article

    def of(self, runs: list[list[torch.Tensor]]) -> torch.Tensor:
        """Rows, one list an article of one tensor a run, for the tokens of the windows, one behind the other."""
        return torch.cat([runs[a][r] for a, r in self.which])


class Encoder(nn.Module):
    """`kept` layers (of an MPNet) stay as they were pretrained; marks and shapes are then told behind them."""

    def __init__(self, bert: BertModel | MPNetModel, depth: int = 1, kept: int = 0):
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        bert.embeddings.word_embeddings.weight.requires_grad_(False)
        if kept:
            self.register_buffer("kept", torch.tensor(kept))
            for part in (bert.embeddings, bert.encoder.relative_attention_bias, *bert.encoder.layer[:kept]):
                part.requires_grad_(False)
        self.quoted = nn.Embedding(4, width)
        self.shapes = nn.Embedding(3, width)
        nn.init.zeros_(self.quoted.weight)
        nn.init.zeros_(self.shapes.weight)
        self.flat = nn.Linear(width, LABELS)
        self.anchored = Anchored(width, depth)

    def tokens(self, batch: Batch) -> torch.Tensor:
        marks = self.quoted(batch.quoted) + self.shapes(batch.shapes)
        if hasattr(self, "kept"):
            lower = self.lower(batch) if batch.lower is None else batch.lower
            hidden = self.through(self.bert.encoder.layer[int(self.kept) :], lower.float() + marks, batch.mask)
        else:
            words = self.bert.embeddings.word_embeddings(batch.pieces) + marks
            hidden = self.bert(inputs_embeds=words, attention_mask=batch.mask).last_hidden_state
        return hidden.flatten(0, 1)[batch.first]

    @torch.no_grad()
    def lower(self, batch: Batch) -> torch.Tensor:
        """What the layers that are not trained make of the pieces: always the same, so without drop-out."""
        trains = self.training
        self.eval()
        words = self.bert.embeddings.word_embeddings(batch.pieces)
        hidden = self.through(self.bert.encoder.layer[: int(self.kept)], self.bert.embeddings(inputs_embeds=words), batch.mask)
        self.train(trains)
        return hidden.to(torch.bfloat16)

    def through(self, layers, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Some layers of an MPNet."""
        bias = self.bert.encoder.compute_position_bias(hidden).detach()
        hidden_pad = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in layers:
            hidden = layer(hidden, hidden_pad, bias)[0]
        return hidden

    def forward(self, batch: Batch):
        """The logits of the tokens' roles, and of each group of windows."""
        tokens = self.tokens(batch)
        return self.flat(tokens), self.anchored(tokens, batch.groups)


class Anchored(nn.Module):
    """Each token of a window as a cue sees it, then `depth` narrow layers over the window."""

    def __init__(self, width: int, depth: int):
        super().__init__()
        self.token = nn.Linear(width, NARROW)
        self.cue = nn.Linear(width, NARROW)
        self.token_factor = nn.Linear(width, NARROW)
        self.cue_factor = nn.Linear(width, NARROW)
        self.distance = nn.Embedding(DISTANCES, NARROW)
        self.same = nn.Embedding(2, NARROW)
        self.norm = nn.LayerNorm(NARROW, eps=1e-12)
        config = BertConfig(
            hidden_size=NARROW, num_attention_heads=4, intermediate_size=2 * NARROW, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        self.layers = nn.ModuleList(BertLayer(config) for _ in range(depth))
        self.dense = nn.Linear(NARROW, NARROW)
        self.out = nn.Linear(NARROW, LABELS)
        for table in (self.distance, self.same):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, tokens: torch.Tensor, groups: list[Windows]) -> list[torch.Tensor]:
        token, factor = self.token(tokens), self.token_factor(tokens)
        out = []
        for g in groups:
            cue = tokens.new_zeros(len(g.which), tokens.shape[1])
            cue = cue.index_add(0, g.run_of, tokens[g.run_tokens])
            cue = cue / torch.bincount(g.run_of, minlength=len(g.which)).to(cue.dtype).unsqueeze(1)
            x = token[g.tokens] + self.cue(cue).unsqueeze(1) + factor[g.tokens] * self.cue_factor(cue).unsqueeze(1)
            x = self.norm(x + self.distance(g.distance) + self.same(g.same))
            hidden_pad = (~g.mask).to(x.dtype)[:, None, None, :] * -1e4
            for layer in self.layers:
                x = layer(x, hidden_pad)
            out.append(self.out(F.gelu(self.dense(x))))
        return out


def pretrained(folder: Path, depth: int, layers: int | None = None, kept: int = 0) -> Encoder:
    """The pretrained encoder of a folder (BERT or MPNet), or its lower `layers`, with new heads."""
    sizes = {"num_hidden_layers": layers} if layers else {}
    kind = MPNetModel if AutoConfig.from_pretrained(folder).model_type == "mpnet" else BertModel
    bert = kind.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1, **sizes
    )
    return Encoder(bert, depth, kept)


def mean_of(paths: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of the weights of several files, which must have begun alike."""
    files = [load_file(path) for path in paths]
    return {name: torch.stack([f[name].float() for f in files]).mean(0) for name in files[0]}


def load(path: Path) -> Encoder:
    """The encoder of a weights file, as large as its tensors."""
    tensors = load_file(path)
    count = lambda pattern: len({m[1] for name in tensors if (m := re.match(pattern, name))})  # noqa: E731
    words, width = tensors["bert.embeddings.word_embeddings.weight"].shape
    is_mpnet = "bert.encoder.relative_attention_bias.weight" in tensors
    sizes = dict(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=count(r"bert\.encoder\.layer\.(\d+)\."),
        num_attention_heads=HEADS,
        intermediate_size=len(tensors["bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(tensors["bert.embeddings.position_embeddings.weight"]),
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    bert = (
        MPNetModel(MPNetConfig(**sizes, layer_norm_eps=1e-5), add_pooling_layer=False)
        if is_mpnet
        else BertModel(BertConfig(**sizes), add_pooling_layer=False)
    )
    model = Encoder(bert, count(r"anchored\.layers\.(\d+)\."), int(tensors.get("kept", 0)))
    model.load_state_dict(tensors)
    return model


def batch(articles: list[Article], cutter: Pieces) -> Batch:
    rows, quoted, shapes, starts, labels = [], [], [], [], []
    for a in articles:
        for chunk in a.chunks:
            row, q, s, at = [cutter.first], [0], [0], []
            for begin, end in chunk:
                for t in range(begin, end):
                    at.append(len(row))
                    count = len(a.pieces[t])
                    row += a.pieces[t]
                    q += [a.quoted[t]] * count
                    s += [a.shapes[t]] * count
                row.append(cutter.end)
                q.append(0)
                s.append(0)
            rows.append(row), quoted.append(q), shapes.append(s), starts.append(at)
        labels.append(a.labels)
    length = max(map(len, rows))
    pad = lambda lists: torch.tensor([r + [0] * (length - len(r)) for r in lists])  # noqa: E731
    first = [i * length + at for i, ats in enumerate(starts) for at in ats]
    mask = torch.tensor([[1] * len(r) + [0] * (length - len(r)) for r in rows])
    return Batch(pad(rows), mask, pad(quoted), pad(shapes), torch.tensor(first), torch.cat([torch.tensor(x) for x in labels]), windows(articles))


def windows(articles: list[Article]) -> list[Windows]:
    offsets, total = [], 0
    for a in articles:
        offsets.append(total)
        total += len(a.pieces)
    runs = [(a, r) for a, article in enumerate(articles) for r in range(len(article.runs))]
    length = lambda w: (lambda x: x[1] - x[0])(articles[w[0]].runs[w[1]].window)  # noqa: E731
    runs.sort(key=length)
    groups, part = [], []
    for which in runs:
        if part and length(which) > 1.3 * length(part[0]) + 8:
            groups.append(part)
            part = []
        part.append(which)
    return [group(articles, offsets, part) for part in groups + [part] if part]


def group(articles, offsets, part) -> Windows:
    longest = max(articles[a].runs[r].window[1] - articles[a].runs[r].window[0] for a, r in part)
    shape = (len(part), longest)
    tokens, dist, same, labels = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    mask = torch.zeros(shape, dtype=torch.bool)
    run_tokens, run_of = [], []
    for i, (a, r) in enumerate(part):
        article, run = articles[a], articles[a].runs[r]
        begin, end = run.window
        n = end - begin
        tokens[i, :n] = torch.arange(begin, end) + offsets[a]
        mask[i, :n] = True
        dist[i, :n] = torch.from_numpy(distance(run.tokens, run.window))
        same[i, :n] = torch.from_numpy((article.sentence[begin:end] == article.sentence[run.tokens[0]]).astype("int64"))
        labels[i, :n] = torch.from_numpy(run.labels)
        for t in range(*run.tokens):
            run_tokens.append(t + offsets[a])
            run_of.append(i)
    return Windows(torch.tensor(run_tokens), torch.tensor(run_of), tokens, mask, dist, same, labels, part)
