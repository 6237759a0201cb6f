// Pages of the reader, made by the command, in a browser.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../..");
/** The shipped example, as it is named from the root, where the command runs. */
export const briefing = "examples/briefing.txt";
export const hostile = join(here, "articles/hostile.jsonl");

const sayso = process.env.SAYSO ? resolve(root, process.env.SAYSO) : join(root, "target/release/sayso");
const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** The browser to drive: CHROMIUM, else one of the usual names. */
function browserPath() {
  const found = process.env.CHROMIUM ?? NAMES.map((name) => spawnSync("which", [name], { encoding: "utf8" }).stdout?.trim()).find(Boolean);
  if (!found) throw new Error("no Chromium is installed: apt-get install chromium, or name one with CHROMIUM=path");
  return found;
}

/** A browser whose every page notes what goes wrong in it and what it asks for. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  return {
    close: () => browser.close(),
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      page.wrong = [];
      page.asked = [];
      page.on("pageerror", (error) => page.wrong.push(error.message));
      page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
      page.on("dialog", (dialog) => (page.wrong.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
      page.on("request", (request) => page.asked.push(request.url()));
      await page.goto(url);
      return page;
    },
  };
}

/** A folder of one's own, with these files. */
export function folder(files = {}) {
  const path = mkdtempSync(join(tmpdir(), "sayso-browser-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** Runs the command. */
export const extract = (cwd, ...args) => execFileSync(sayso, ["extract", ...args], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });

/** The address of the page that the command makes of some inputs. */
export function pageOf(...inputs) {
  const path = join(folder(), "page.html");
  extract(root, ...inputs, "--format", "html", "-o", path);
  return pathToFileURL(path).href;
}

/** What the command says of an article, as JSON. */
export const documentOf = (input) => JSON.parse(extract(root, input, "--format", "documents"));

/** Articles of our own, many of them, as JSON Lines. */
export function manyArticles(count) {
  const people = ["Ana Ruiz, the mayor of Lorca,", "Tam Orrel, a fisherman,", "Nia Okafor, the head of the harbour board,"];
  const article = (n) => {
    const who = people[n % people.length];
    const text = Array.from({ length: 12 }, (_, k) => [
      `“The bridge of pier ${n} will open on day ${k},” ${who} said on Tuesday.`,
      `${who} denied that the harbour had been closed on day ${k}. The boats had sailed, he said, and would sail again in the spring.`,
    ][k % 2]).join("\n\n");
    return JSON.stringify({ id: `a${n}`, title: `Harbour board meets about pier ${n}`, date: `2024-0${(n % 9) + 1}-11`, text });
  };
  return Array.from({ length: count }, (_, n) => article(n)).join("\n") + "\n";
}

export { readFileSync, join, pathToFileURL };
