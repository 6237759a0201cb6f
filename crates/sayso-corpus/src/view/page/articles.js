"use strict";
// The articles of the page, their list, and who speaks in them. An article is JSON in a script of its own, parsed when it is opened.

const articles = [];
const byKey = new Map();
const find = (selector, root = document) => root.querySelector(selector);

/** An element; children that are strings become text, never markup. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

/** Takes the articles that came since it was last asked; while the page still comes, one is whole when something stands behind it. */
function takeArticles() {
  const arrived = document.querySelectorAll("script.article");
  const before = articles.length;
  for (const node of [...arrived].slice(before)) {
    if (document.readyState === "loading" && !node.nextSibling) break;
    const head = JSON.parse(node.dataset.head);
    let key = encodeURIComponent(head.document);
    for (let n = 2; byKey.has(key); n++) key = `${encodeURIComponent(head.document)};${n}`;
    const article = { node, head, key, number: articles.length, body: null, row: rowOf(head, key) };
    articles.push(article);
    byKey.set(key, article);
  }
  if (articles.length > before) listArticles(articles.slice(before));
}

function bodyOf(article) {
  article.body ??= JSON.parse(article.node.textContent);
  return article.body;
}

const titleOf = ({ head }) => head.title ?? head.document;

/** "2024-05-01T10:00:00Z" to "1 May 2024"; what is no such date stays as it is. */
function dateOf({ head }) {
  const said = head.date;
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(said ?? "");
  if (!day) return said;
  const date = new Date(Date.UTC(+day[1], day[2] - 1, +day[3]));
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

function rowOf(head, key) {
  const meta = [dateOf({ head }), count(head.statements, "statement")].filter(Boolean).join(" · ");
  const title = make("span", { class: "title", dir: "auto" }, titleOf({ head }));
  return make("li", null, make("a", { href: `#${key}` }, title, make("span", { class: "meta" }, meta)));
}

function listArticles(arrived) {
  find("#list").append(...arrived.map((article) => article.row));
  const all = articles.reduce((sum, article) => sum + article.head.statements, 0);
  find("#tally").textContent = `${count(articles.length, "article")} · ${count(all, "statement")}`;
  find("#shelf").classList.toggle("single", articles.length < 2);
  find("#scope").hidden = articles.length < 2;
  find("#everywhere").textContent = `All ${count(articles.length, "article")}`;
}

/** Leaves in the list what has all of the words in its title, id or names. */
function seekArticles() {
  const words = find("#seek").value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const { head, row } of articles) {
    const told = [head.title, head.document, ...head.cast.map(([name]) => name)].join("\n").toLowerCase();
    row.hidden = !words.every((word) => told.includes(word));
    if (!row.hidden) left++;
  }
  find("#none").hidden = left > 0;
}

/** A line of the cast: a bar as long as their share of the words, parted by form. */
function castLine(member, most, words, pressed) {
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  member.forms.forEach((statements, at) => {
    const part = make("span", { class: ["part-direct", "part-mixed", "part-indirect"][at] });
    part.style.width = `${(100 * member.words * statements) / (member.statements * most || 1)}%`;
    bar.append(part);
  });
  const role = [member.role, member.affiliation].filter((part, at, all) => part && !(at === 1 && all[0]?.includes(part))).join(" · ");
  const share = Math.round((100 * member.words) / (words || 1));
  return make("button", { type: "button", "aria-pressed": String(pressed), class: `voice c${member.colour}` },
    make("span", { class: "dot", "aria-hidden": "true" }, member.initials),
    make("span", { class: "who-is" },
      make("span", { class: "name", dir: "auto" }, member.name),
      role && make("span", { class: "role", dir: "auto" }, role),
      bar,
      make("span", { class: "much" }, `${count(member.statements, "statement")} · ${share} % of words`)));
}

/** All who speak in any article, merged by name, the one with most statements first. */
function everybody() {
  const merged = new Map();
  for (const article of articles) {
    for (const [name, role, affiliation, statements] of article.head.cast) {
      const voice = merged.get(name) ?? { name, role: null, affiliation: null, statements: 0, articles: [] };
      voice.role ??= role;
      voice.affiliation ??= affiliation;
      voice.statements += statements;
      voice.articles.push(article);
      merged.set(name, voice);
    }
  }
  return [...merged.values()].sort((a, b) => b.statements - a.statements || a.name.localeCompare(b.name));
}

/** As many names of all articles as a list is read to. */
const MOST_NAMES = 200;

function listEverybody(chosen) {
  const voices = everybody();
  const lines = voices.slice(0, MOST_NAMES).map((voice) => {
    const where = `${count(voice.statements, "statement")} in ${count(voice.articles.length, "article")}`;
    const current = voice.name === chosen ? "page" : null;
    return make("li", null, make("a", { class: "voice", href: `#@${encodeURIComponent(voice.name)}`, "aria-current": current },
      make("span", { class: "who-is" },
        make("span", { class: "name", dir: "auto" }, voice.name),
        voice.role && make("span", { class: "role", dir: "auto" }, voice.role),
        make("span", { class: "much" }, where))));
  });
  if (voices.length > MOST_NAMES) lines.push(make("li", { class: "more" }, `and ${count(voices.length - MOST_NAMES, "other")}`));
  find("#cast").replaceChildren(...lines);
}
