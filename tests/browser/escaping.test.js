// What comes from an article is words: nothing in its text, title, names, date, id or file name is run, or becomes part of the page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { writeFileSync } from "node:fs";
import { briefing, extract, folder, hostile, join, launch, pathToFileURL, readFileSync, root } from "./pages.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const FILE = "<img src=x onerror=window.hit=1>“'&.txt";

/** A page of hostile articles, one of them in a file with a hostile name, with its policy or without. */
function hostilePage(policy) {
  const path = folder({ [FILE]: "“<script>window.hit=1</script>,” said Ana Ruiz." });
  extract(path, FILE, hostile, join(root, briefing), "--format", "html", "-o", "page.html");
  const file = join(path, "page.html");
  if (!policy) writeFileSync(file, readFileSync(file, "utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""));
  return pathToFileURL(file).href;
}

const ALLOWED = new Set(["P", "H1", "MARK", "B", "I", "A"]);

for (const policy of [true, false]) {
  test(`nothing runs, ${policy ? "under the page's policy" : "nor would it without the policy"}`, async () => {
    const page = await browser.open(hostilePage(policy));
    const keys = await page.evaluate(() => articles.map((article) => article.key));
    assert.equal(keys.length, 5);
    for (const key of keys) {
      await page.evaluate((hash) => (location.hash = hash), key);
      await page.waitForFunction((wanted) => open.article?.key === wanted, key);
      const tags = await page.$$eval("#text *", (found) => found.map((one) => one.tagName));
      assert.deepEqual(tags.filter((tag) => !ALLOWED.has(tag)), []);
      const attributes = await page.$$eval("#text *", (found) => found.flatMap((one) => one.getAttributeNames()));
      assert.deepEqual([...new Set(attributes)].filter((name) => !/^(class|dir|href|aria-label|data-s|data-who)$/.test(name)), []);
      const links = await page.$$eval("a[href]", (found) => found.map((link) => link.protocol));
      assert.deepEqual([...new Set(links)], ["file:"]);
      for (const link of await page.$$("#text a.who")) await link.click();
      await page.keyboard.press("n");
    }
    await page.click("#everywhere");
    for (let at = 0; at < await page.locator("#cast a").count(); at++) await page.locator("#cast a").nth(at).click();
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.$$eval("script:not(.article)", (found) => found.length), 1);
    assert.deepEqual(page.wrong, []);
    assert.deepEqual(page.asked.filter((url) => url !== page.asked[0]), [], "nothing is loaded");
    assert.equal(await page.$$eval("img, svg, iframe, base, object, embed", (found) => found.length), 0);
  });
}

test("the words of a hostile article are shown as they are", async () => {
  const page = await browser.open(hostilePage(true));
  const wanted = readFileSync(hostile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  for (const [at, article] of wanted.entries()) {
    await page.evaluate((number) => (location.hash = articles[number].key), at + 1);
    await page.waitForFunction((number) => open.article === articles[number], at + 1);
    assert.equal(await page.$eval("#text", (text) => text.textContent), article.text);
    assert.equal(await page.textContent("#kicker bdi"), article.id);
  }
  assert.equal(await page.evaluate(() => articles[1].row.querySelector(".title").textContent), wanted[0].title);
});

test("the policy would stop a script that got in", async () => {
  const page = await browser.open(hostilePage(true));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hit = 1";
    document.body.append(script);
    document.querySelector("#text").innerHTML = "<img src=x onerror='window.hit=1'>";
  });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.ok(page.wrong.length >= 1, "the browser says that it refused");
});
