"""sayso from Python on one thread: sayso_python.py ARTICLES STATEMENTS ROUNDS"""

import sayso
from program import finish, read_articles, run

articles = read_articles()
texts = [article["text"] for article in articles]
docs, passes = run(lambda: sayso.extract_all(texts, threads=1))
rows = [{**s.to_dict(), "document": article["id"]} for article, doc in zip(articles, docs) for s in doc.statements]
finish(rows, passes=passes)
