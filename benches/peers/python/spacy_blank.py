"""Tokens by spaCy's English tokenizer, nothing else: spacy_blank.py ARTICLES STATEMENTS ROUNDS"""

import spacy
from program import finish, read_articles, run

nlp = spacy.blank("en")
texts = [article["text"] for article in read_articles()]
tokens, passes = run(lambda: sum(len(doc) for doc in nlp.pipe(texts)))
finish([], tokens=tokens, passes=passes)
