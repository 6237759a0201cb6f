// The pictures of the documentation: the shipped example in the reader, written into docs/pictures.

import { mkdirSync } from "node:fs";
import { briefing, documentOf, join, launch, pageOf, root } from "./pages.js";

const folder = join(root, "docs/pictures");
mkdirSync(folder, { recursive: true });
const browser = await launch();
const said = documentOf(briefing);
const denial = said.statements.find((statement) => statement.act === "deny").index;
const url = `${pageOf(briefing)}#${encodeURIComponent(said.document)}`;
const FACES = [
  ["reader", `${url}/${denial}`, { viewport: { width: 1280, height: 800 } }],
  ["reader-dark", `${url}/${denial}`, { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
  ["reader-phone", url, { viewport: { width: 390, height: 780 } }],
];
for (const [name, address, options] of FACES) {
  const page = await browser.open(address, options);
  await page.waitForSelector("#text mark");
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
