// What the programs for node have in common: articles in, timed passes, statements out.
import { readFileSync, writeFileSync } from 'node:fs';

export const readArticles = (path) =>
  readFileSync(path, 'utf8').split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line));

export const writeStatements = (path, statements) =>
  writeFileSync(path, statements.map((statement) => JSON.stringify(statement) + '\n').join(''));

/** Passes over all articles: what the last found, and of each the seconds that passed and that the processor worked. */
export const run = (rounds, pass) => {
  const passes = [];
  let found;
  for (let round = 0; round < rounds; round += 1) {
    const [begin, before] = [process.hrtime.bigint(), process.cpuUsage()];
    found = pass();
    const { user, system } = process.cpuUsage(before);
    passes.push([Number(process.hrtime.bigint() - begin) / 1e9, (user + system) / 1e6]);
  }
  return { found, passes };
};

/** A function from offsets in UTF-16 to offsets in code points. */
export const codePoints = (text) => {
  const points = new Uint32Array(text.length + 1);
  for (let at = 0, count = 0; at <= text.length; at += 1) {
    points[at] = count;
    const unit = text.charCodeAt(at);
    if (!(unit >= 0xd800 && unit < 0xdc00)) count += 1;
  }
  return (at) => points[at];
};
