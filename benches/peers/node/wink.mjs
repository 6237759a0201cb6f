// Tokens, sentences and tags by wink-nlp, nothing else: node wink.mjs ARTICLES STATEMENTS ROUNDS
import { createRequire } from 'node:module';
import { readArticles, run, writeStatements } from './program.mjs';

const require = createRequire(`${process.cwd()}/`);
const wink = require('wink-nlp')(require('wink-eng-lite-web-model'), ['sbd', 'pos']);
const [articlesPath, statementsPath, rounds] = process.argv.slice(2);
const articles = readArticles(articlesPath);

const result = run(Number(rounds), () => {
  let tokens = 0;
  for (const { text } of articles) {
    const doc = wink.readDoc(text);
    if (doc.sentences().length() === 0) throw new Error('an article without a sentence');
    tokens += doc.tokens().length();
  }
  return tokens;
});
writeStatements(statementsPath, []);
console.log(JSON.stringify({ tokens: result.found, passes: result.passes }));
