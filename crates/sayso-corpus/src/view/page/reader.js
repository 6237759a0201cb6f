// Where the page is (its address), the keys, the pointer, and the start.

/** Opens what the address names: an article, a statement of it, or all that somebody says. */
function go() {
  const address = location.hash.slice(1);
  if (address.startsWith("@") && document.readyState !== "loading" && openVoice(decode(address.slice(1)))) return window.scrollTo(0, 0);
  const [key, statement] = address.split("/");
  const asked = byKey.get(key) ?? byKey.get(encodeURIComponent(decode(key)));
  if (!asked && address && document.readyState === "loading") return;
  const article = asked ?? articles[0];
  if (!article) return showNothing();
  const other = open.article !== article;
  openArticle(article);
  if (/^\d+$/.test(statement ?? "") && +statement < bodyOf(article).statements.length) return choose(+statement);
  if (other) window.scrollTo(0, 0);
  closeRail();
}

function decode(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

function showNothing() {
  document.body.classList.add("empty");
  find("#summary").textContent = find(".box") ? "Paste an article, and its statements are marked here." : "There is no article in this page.";
  showPanel();
}

/** The article after the open one in the list as it is, or with -1 the one before. */
function turn(by) {
  const listed = articles.filter((article) => !article.row.hidden);
  const at = listed.indexOf(open.article);
  const next = listed[at + by];
  if (next) location.hash = linkOf(next);
}

function closeRail() {
  document.body.classList.remove("railed");
  find("#menu").setAttribute("aria-expanded", "false");
}

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  j: () => turn(1),
  k: () => turn(-1),
  c: () => open.chosen != null && copy(location.href, find("#panel .actions button:last-child")),
  "/": () => find("#seek").focus(),
  "?": () => find("#key").showModal(),
  Escape: () => (open.chosen != null ? choose(null) : open.article && resetFilters()),
};

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox], [type=range]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}

/** The statement that an element belongs to, if it passes the filters. */
function statementAt(target) {
  const piece = target.closest?.("[data-s]");
  const numbers = piece?.dataset.s.split(" ").map(Number).filter((at) => open.passing?.[at]) ?? [];
  return numbers.at(-1) ?? null;
}

function listenToText() {
  const text = find("#text");
  text.addEventListener("pointerover", (event) => event.pointerType === "mouse" && open.article && see(statementAt(event.target) ?? open.chosen));
  text.addEventListener("pointerleave", () => open.article && see(open.chosen));
  text.addEventListener("focusin", (event) => open.article && see(statementAt(event.target) ?? open.chosen));
  text.addEventListener("click", (event) => {
    const statement = open.article ? statementAt(event.target) : null;
    if (statement == null || !getSelection().isCollapsed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(statement, { scroll: false });
  });
  find("#strip").addEventListener("click", (event) => event.target.dataset.at && choose(+event.target.dataset.at));
}

function listenToControls() {
  const scope = (everywhere) => () => {
    setScope(everywhere);
    showCast();
  };
  find("#here").addEventListener("click", scope(false));
  find("#everywhere").addEventListener("click", scope(true));
  find("#seek").addEventListener("input", seekArticles);
  find("#filters").addEventListener("input", filter);
  find("#filters").addEventListener("submit", (event) => event.preventDefault());
  find("#show-all").addEventListener("click", (event) => (event.preventDefault(), resetFilters()));
  find("#ask").addEventListener("click", () => find("#key").showModal());
  find("#menu").addEventListener("click", () => {
    const railed = document.body.classList.toggle("railed");
    find("#menu").setAttribute("aria-expanded", String(railed));
  });
}

/** Opens what is asked for as soon as it is there: the first of many articles is read while the others still come. */
function arrive() {
  if (find("#legend") && find("body > script.article")?.nextSibling) {
    start();
    takeArticles();
    if (!open.article) go();
  }
  if (document.readyState === "loading") requestAnimationFrame(arrive);
}

let started = false;

function start() {
  if (started) return;
  started = true;
  find("#key-text").append(find("#legend").content.cloneNode(true));
  listenToKeys();
  listenToText();
  listenToControls();
  window.addEventListener("hashchange", go);
}

requestAnimationFrame(arrive);
document.addEventListener("DOMContentLoaded", () => {
  start();
  takeArticles();
  if (!open.article) go();
});
