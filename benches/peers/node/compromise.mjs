// Quotations as compromise finds them, in sayso's JSON Lines: node compromise.mjs ARTICLES STATEMENTS ROUNDS
import { createRequire } from 'node:module';
import { codePoints, readArticles, run, writeStatements } from './program.mjs';

const nlp = createRequire(`${process.cwd()}/`)('compromise');
const [articlesPath, statementsPath, rounds] = process.argv.slice(2);
const articles = readArticles(articlesPath);

let tokens = 0;
const result = run(Number(rounds), () => {
  tokens = 0;
  return articles.map(({ text }) => {
    const doc = nlp(text);
    tokens += doc.termList().length;
    return doc.quotations();
  });
});

const statements = [];
articles.forEach(({ id, text }, i) => {
  const points = codePoints(text);
  for (const { offset, terms } of result.found[i].json({ offset: true })) {
    // Its offsets begin behind the opening mark, and end behind the blanks that follow the closing one.
    const begin = offset.start - terms[0].pre.trimStart().length;
    const end = offset.start + text.slice(offset.start, offset.start + offset.length).trimEnd().length;
    statements.push({ document: id, content: { spans: [[points(begin), points(end)]] }, cue: null, source: null, speakers: [] });
  }
});
writeStatements(statementsPath, statements);
console.log(JSON.stringify({ tokens, passes: result.passes }));
