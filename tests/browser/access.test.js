// axe-core finds nothing serious on any face of the page.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { briefing, folder, join, launch, manyArticles, pageOf, readFileSync } from "./pages.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, one, many;
before(async () => {
  browser = await launch();
  one = pageOf(briefing);
  many = pageOf(join(folder({ "many.jsonl": manyArticles(30) }), "many.jsonl"));
});
after(() => browser?.close());

const FACES = {
  "an article": [() => one],
  "an article in the dark": [() => one, { colorScheme: "dark" }],
  "a chosen statement": [() => one, {}, (page) => page.keyboard.press("n")],
  "a chosen statement in the dark": [() => one, { colorScheme: "dark" }, (page) => page.keyboard.press("n")],
  "filters": [() => one, {}, (page) => page.click("#cast button")],
  "a phone": [() => one, { viewport: { width: 390, height: 844 } }],
  "a phone's articles": [() => one, { viewport: { width: 390, height: 844 } }, (page) => page.click("#menu")],
  "the key": [() => one, {}, (page) => page.keyboard.press("?")],
  "many articles": [() => many],
  "a name through many articles": [() => many, {}, async (page) => {
    await page.click("#everywhere");
    await page.click("#cast a");
  }],
};

for (const [face, [url, options, act]] of Object.entries(FACES)) {
  test(`axe finds nothing serious: ${face}`, async () => {
    const page = await browser.open(url(), { bypassCSP: true, ...options });
    await act?.(page);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    assert.deepEqual(told, []);
  });
}

test("what is said by colour is said by initials and lines, too", async () => {
  const page = await browser.open(one);
  const shown = await page.$$eval("#text a.who", (found) => found.map((link) => getComputedStyle(link, "::before").content));
  assert.ok(shown.length > 10 && shown.every((content) => /"\S+"/.test(content)), shown.join(" "));
  const lines = await page.evaluate(() => ["direct", "mixed", "indirect"].map((form) => getComputedStyle(document.querySelector(`#text .${form}`)).textDecorationStyle));
  assert.deepEqual(lines, ["solid", "dashed", "dotted"]);
});

test("nothing moves for whoever wants no motion", async () => {
  const page = await browser.open(one);
  assert.equal(await page.$eval("#text mark", (mark) => getComputedStyle(mark).transitionProperty === "none" || getComputedStyle(mark).transitionDuration === "0s"), true);
});
