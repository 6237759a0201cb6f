"""Direct quotations by textacy over parses that others made: textacy_silver.py ARTICLES STATEMENTS ROUNDS SILVER

textacy reads spaCy's parses; spaCy's models are not on the package index, so that it is given PolNeAR's silver parses (CoreNLP's, UD v1)
in their place, and articles without one are left out. The time is that of the rules alone, without the parsing.
"""

import lzma
import sys

import spacy
from program import finish, read_articles, run
from spacy.tokens import Doc
from textacy.extract import direct_quotations

# Penn Treebank tags to the universal parts of speech that textacy asks for.
PARTS = {"VB": "VERB", "MD": "AUX", "NNP": "PROPN", "NN": "NOUN", "PRP": "PRON", "WP": "PRON", "JJ": "ADJ", "RB": "ADV", "DT": "DET", "IN": "ADP", "CD": "NUM"}


def parses(path):
    """The sentences of each article: its id, and rows of begin, end, form, lemma, tag, name, head, relation."""
    article, sentences = None, []
    with lzma.open(path, "rt", encoding="utf-8") as blocks:
        for block in blocks.read().split("\n\n"):
            rows = []
            for line in block.splitlines():
                if line.startswith("# doc = "):
                    if article is not None:
                        yield article, sentences
                    article, sentences = line.removeprefix("# doc = "), []
                elif line:
                    rows.append(line.split("\t"))
            if rows:
                sentences.append(rows)
    if article is not None:
        yield article, sentences


def parsed(vocabulary, text, sentences):
    """The article as spaCy would have parsed it, and the offset of each token."""
    words, spaces, tags, lemmas, relations, heads, starts, offsets = [], [], [], [], [], [], [], []
    for rows in sentences:
        first = len(words)
        for begin, end, _, lemma, tag, _, head, relation in rows:
            begin, end = int(begin), int(end)
            if begin < (offsets[-1][1] if offsets else 0) or begin == end:
                sys.exit(f"textacy_silver.py: the parse goes back at {begin}")
            part = next((PARTS[tag[:length]] for length in (3, 2) if tag[:length] in PARTS), "PUNCT" if not tag[:1].isalpha() else "X")
            words.append(text[begin:end])
            spaces.append(text[end : end + 1].isspace())
            tags.append(part)
            lemmas.append(lemma)
            relations.append("ROOT" if relation == "root" else relation)
            heads.append(first + (int(head) - 1 if int(head) else len(words) - 1 - first))
            starts.append(len(words) - 1 == first)
            offsets.append((begin, end))
    doc = Doc(vocabulary, words=words, spaces=spaces, pos=tags, lemmas=lemmas, deps=relations, heads=heads, sent_starts=starts)
    return doc, offsets


def quotations(doc):
    """None where textacy gives up: an odd number of quotation marks."""
    try:
        return list(direct_quotations(doc))
    except ValueError:
        return None


def statements(article, offsets, found):
    """Quotations beside one another that were given the same cue are one statement in several spans."""
    rows = []
    for speaker, cue, content in found:
        span = [offsets[content.start][0], offsets[content.end - 1][1]]
        cue = [list(offsets[token.i]) for token in cue]
        if rows and rows[-1]["cue"]["spans"] == cue:
            rows[-1]["content"]["spans"].append(span)
            continue
        source = [list(offsets[token.i]) for token in speaker]
        name = " ".join(token.text for token in speaker)
        spans = {"content": {"spans": [span]}, "cue": {"spans": cue}, "source": {"spans": source}}
        rows.append({"document": article, **spans, "speakers": [{"name": name}]})
    return rows


def main():
    texts = {article["id"]: article["text"] for article in read_articles()}
    vocabulary = spacy.blank("en").vocab
    read = {id: parsed(vocabulary, texts[id], sentences) for id, sentences in parses(sys.argv[4]) if id in texts}
    found, passes = run(lambda: {id: quotations(doc) for id, (doc, _) in read.items()})
    rows = [row for id, (_, offsets) in read.items() for row in statements(id, offsets, found[id] or [])]
    given_up = sum(quoted is None for quoted in found.values())
    finish(rows, tokens=sum(len(doc) for doc, _ in read.values()), passes=passes, documents=list(read), given_up=given_up)


if __name__ == "__main__":
    main()
