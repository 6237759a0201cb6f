// A bench: how long until a page of 1,000 articles is painted, its first article is open, and all of its articles are listed.

import { folder, join, launch, manyArticles, pageOf } from "./pages.js";
import { statSync } from "node:fs";

const COUNT = 1000;
const url = pageOf(join(folder({ "many.jsonl": manyArticles(COUNT) }), "many.jsonl"));
const browser = await launch();
console.log(`${COUNT} articles, ${(statSync(new URL(url)).size / 1e6).toFixed(1)} MB`);
for (let run = 0; run < 5; run++) {
  const page = await browser.open("about:blank");
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector("#text p")) window.opened ??= performance.now();
      if (document.querySelectorAll("#list li").length === 1000) return (window.listed = performance.now());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction(() => window.listed);
  const times = await page.evaluate(() => ({ painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime, opened, listed }));
  if (Object.values(times).some((time) => !(time > 0))) throw new Error(`no time was measured: ${JSON.stringify(times)}`);
  console.log(Object.entries(times).map(([what, time]) => `${what} after ${Math.round(time)} ms`).join(", "));
  await page.context().close();
}
await browser.close();
