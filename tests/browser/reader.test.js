// The shipped example in the reader: what a journalist sees and can do.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { briefing, documentOf, folder, join, launch, manyArticles, pageOf, readFileSync, root } from "./pages.js";
import { writeFileSync } from "node:fs";

let browser, url, said;
before(async () => {
  browser = await launch();
  url = pageOf(briefing);
  said = documentOf(briefing);
});
after(() => browser?.close());

const words = (page, selector) => page.$$eval(selector, (found) => found.map((one) => one.textContent));
const marked = (page) => page.$$eval("#text mark:not(.off)", (found) => new Set(found.flatMap((mark) => mark.dataset.s.split(" "))).size);
const panel = (page) => page.$$eval("#panel dl dt", (terms) => Object.fromEntries(terms.map((dt) => [dt.textContent, dt.nextElementSibling.textContent])));

test("every statement's content, source and cue are marked where they stand", async () => {
  const page = await browser.open(url);
  for (const statement of said.statements) {
    const own = (tag) => words(page, `#text ${tag}[data-s~="${statement.index}"]`);
    const joined = (pieces) => pieces.join("").replace(/\s+/g, "");
    const told = (part) => (part ? part.text.replaceAll(" … ", "").replace(/\s+/g, "") : "");
    assert.equal(joined(await own("mark")), told(statement.content));
    assert.equal(joined(await own("b.source")), told(statement.source));
    assert.equal(joined(await own("i.cue")), told(statement.cue));
    const form = await page.getAttribute(`#text mark[data-s~="${statement.index}"]`, "class");
    assert.ok(form.split(" ").includes(statement.form), `${form} is not ${statement.form}`);
  }
  const text = await page.$eval("#text", (shown) => shown.textContent);
  assert.equal(text, readFileSync(join(root, briefing), "utf8"), "the article itself is unchanged");
  assert.deepEqual(page.wrong, []);
});

test("the cast says who speaks, how much, and what they are", async () => {
  const page = await browser.open(url);
  const first = await page.$eval("#cast li", (line) => line.innerText.split("\n").map((part) => part.trim()));
  for (const part of ["Petra Lindqvist", "deputy fisheries minister", /^5 statements · \d+ % of words$/]) {
    assert.ok(first.some((line) => (part.test ? part.test(line) : part === line)), `${part} is not in ${first.join(" | ")}`);
  }
  const counts = await words(page, "#cast .much");
  assert.equal(counts.reduce((sum, part) => sum + Number.parseInt(part, 10), 0), said.statements.length);
});

test("a look at a statement shows all that is known of it, and sets its parts off", async () => {
  const page = await browser.open(url);
  const denial = said.statements.find((statement) => statement.act === "deny");
  await page.hover(`#text mark[data-s="${denial.index}"]`);
  const told = await panel(page);
  assert.equal(told.Form, denial.form);
  assert.equal(told.Act, "deny");
  assert.match(told["Resolved by"], new RegExp(`^${denial.resolved_by}`));
  assert.equal(told.Confidence, `${Math.round(denial.confidence * 100)} %`);
  assert.equal(await page.textContent("#panel .speaker strong"), denial.speakers[0].name);
  assert.deepEqual((await words(page, "#text i.cue.on")), [denial.cue.text]);
  const timed = said.statements.find((statement) => statement.when);
  await page.focus(`#text a.who[data-s="${timed.index}"]`);
  assert.equal((await panel(page)).When, timed.when.text);
});

test("filters leave the marks of what is wanted", async () => {
  const page = await browser.open(url);
  const total = said.statements.length;
  assert.equal(await marked(page), total);
  await page.uncheck("#filters [value=indirect]");
  assert.equal(await marked(page), said.statements.filter((statement) => statement.form !== "indirect").length);
  assert.match(await page.textContent("#shown"), new RegExp(`of ${total} marked`));
  await page.click("#show-all");
  assert.equal(await marked(page), total);
  await page.selectOption("#filters [name=act]", "deny");
  assert.equal(await marked(page), said.statements.filter((statement) => statement.act === "deny").length);
  await page.click("#show-all");
  await page.fill("#filters [name=least]", "90");
  assert.equal(await marked(page), said.statements.filter((statement) => statement.confidence >= 0.9).length);
  await page.click("#show-all");
  await page.click("#cast button:has-text('Joren Aske')");
  const his = said.statements.filter((statement) => statement.speakers.some((speaker) => speaker.name === "Joren Aske"));
  assert.equal(await marked(page), his.length);
  await page.keyboard.press("Escape");
  assert.equal(await marked(page), total);
});

test("n and p walk from statement to statement, over those that are filtered out", async () => {
  const page = await browser.open(url);
  const at = () => page.evaluate(() => document.activeElement.dataset.s);
  await page.keyboard.press("n");
  assert.equal(await at(), "0");
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  assert.equal(await at(), "2");
  await page.keyboard.press("p");
  assert.equal(await at(), "1");
  assert.match(await page.getAttribute("#text a.who[data-s='1']", "aria-label"), /^Statement 2, Ministry of Fisheries: indirect, assert/);
  await page.uncheck("#filters [value=indirect]");
  await page.keyboard.press("n");
  assert.equal(await at(), String(said.statements.find((statement) => statement.index > 1 && statement.form !== "indirect").index));
  await page.keyboard.press("Escape");
  assert.equal(await page.$("#text .on"), null);
});

test("keys typed into a field are words", async () => {
  const page = await browser.open(pageOf(briefing, briefing));
  await page.keyboard.press("/");
  await page.keyboard.type("nope");
  assert.equal(await page.inputValue("#seek"), "nope");
  assert.equal(await page.isVisible("#none"), true);
  assert.equal(await page.$("#text .on"), null);
});

test("a permalink opens its statement, and a chosen statement has one", async () => {
  const page = await browser.open(`${url}#${encodeURIComponent(said.document)}/5`);
  assert.equal(await page.textContent("#panel .number"), `Statement 6 of ${said.statements.length}`);
  assert.equal(await page.$eval("#text a.who[data-s='5']", (link) => link.getBoundingClientRect().top > 0 && link.getBoundingClientRect().bottom < innerHeight), true);
  await page.click(`#text mark[data-s="8"]`);
  assert.equal(new URL(page.url()).hash, `#${encodeURIComponent(said.document)}/8`);
  const link = await page.$eval("#text a.who[data-s='8']", (who) => who.href);
  assert.equal(link, page.url());
  const again = await browser.open(link);
  assert.equal(await again.textContent("#panel blockquote"), said.statements[8].content.text);
});

test("a phone has the articles and the cast behind a button, and nothing wider than itself", async () => {
  const page = await browser.open(url, { viewport: { width: 390, height: 844 } });
  assert.equal(await page.isVisible("#rail"), false);
  await page.click("#menu");
  assert.equal(await page.isVisible("#cast li"), true);
  assert.equal(await page.getAttribute("#menu", "aria-expanded"), "true");
  await page.click("#menu");
  await page.click("#text mark[data-s='3']");
  assert.equal(await page.isVisible("#panel"), true);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await page.click("#panel .close");
  assert.equal(await page.isVisible("#panel"), false);
});

test("print has the article, its marks and the cast, and no controls", async () => {
  const page = await browser.open(url);
  await page.emulateMedia({ media: "print" });
  for (const [part, shown] of [["#text mark", true], ["#cast li", true], ["#filters", false], ["#panel", false], ["#list", false]]) {
    assert.equal(await page.isVisible(part), shown, part);
  }
});

test("many articles are parsed as they are opened, and a name leads through all of them", async () => {
  const lines = join(folder({ "many.jsonl": manyArticles(60) }), "many.jsonl");
  const page = await browser.open(pageOf(lines));
  const parsed = () => page.evaluate(() => articles.filter((article) => article.body).length);
  assert.equal(await page.$$eval("#list li", (rows) => rows.length), 60);
  assert.equal(await parsed(), 1);
  await page.keyboard.press("j");
  await page.waitForFunction(() => location.hash === "#a1");
  assert.equal(await parsed(), 2);
  assert.equal(await page.textContent("#title"), "Harbour board meets about pier 1");
  await page.fill("#seek", "pier 44");
  assert.deepEqual(await words(page, "#list li:not([hidden]) .title"), ["Harbour board meets about pier 44"]);
  await page.click("#everywhere");
  await page.click("#cast a:has-text('Nia Okafor')");
  await page.waitForSelector("#text section");
  const dates = await words(page, "#text section > .meta");
  assert.equal(dates.length, 20);
  assert.match(dates[0], /^11 Mar 2024/);
  await page.click("#text section li a");
  await page.waitForSelector("#panel blockquote");
  assert.equal(await page.isVisible("#text mark.on"), true);
  await page.goBack();
  await page.waitForSelector("#text section");
  assert.deepEqual(page.wrong, []);
});

test("a page that was cut off is read as far as it goes", async () => {
  const whole = readFileSync(new URL(pageOf(briefing, briefing)), "utf8");
  const file = join(folder(), "cut.html");
  writeFileSync(file, whole.slice(0, whole.lastIndexOf("<script type=\"application/json\"")));
  const page = await browser.open(`file://${file}`);
  assert.equal(await marked(page), said.statements.length);
  assert.deepEqual(page.wrong, []);
});
