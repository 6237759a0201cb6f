// The open article: its marks, its filters, and the panel that says all about one statement.

const REASONS = {
  name: "the source names the speaker",
  pronoun: "the source is a pronoun",
  description: "the source is a description",
  continuation: "goes on from the quotation before",
  none: "the text does not tell",
};

/** What is open: an article, the statement that is chosen, the one that is looked at, and those of the cast that are wanted. */
const open = { article: null, chosen: null, seen: null, voices: new Set() };

const linkOf = (article, statement) => `#${article.key}${statement == null ? "" : `/${statement}`}`;
const pieces = (statement) => document.querySelectorAll(`#text [data-s~="${statement}"]`);
const linkTo = (statement) => find(`#text a.who[data-s="${statement}"]`);

function openArticle(article) {
  if (open.article === article) return;
  open.article?.row.firstChild.removeAttribute("aria-current");
  Object.assign(open, { article, chosen: null, seen: null, voices: new Set() });
  const { head } = article;
  const body = bodyOf(article);
  article.row.firstChild.setAttribute("aria-current", "page");
  document.title = `${titleOf(article)} – who said what`;
  const kicker = [head.document, dateOf(article), body.dateline, body.credit].filter(Boolean);
  find("#kicker").replaceChildren(...kicker.map((part) => make("bdi", null, part)));
  find("#title").hidden = body.headline;
  find("#title").textContent = titleOf(article);
  const named = body.cast.filter((member) => member.id != null).length;
  find("#summary").textContent = `${count(body.statements.length, "statement")} by ${count(named, "speaker")}`;
  // The one place where markup is taken from the data: every word in it was escaped when the page was written.
  find("#text").innerHTML = body.html;
  for (const link of document.querySelectorAll("#text a.who")) {
    link.href = linkOf(article, link.dataset.s);
    link.setAttribute("aria-label", link.title);
    link.removeAttribute("title");
  }
  document.body.classList.remove("by-voice");
  setScope(false);
  drawStrip(body);
  listActs(body);
  showCast();
  filter();
  showPanel();
}

/** Whether the cast is that of all articles. */
function setScope(everywhere) {
  find("#everywhere").setAttribute("aria-pressed", String(everywhere));
  find("#here").setAttribute("aria-pressed", String(!everywhere));
}

function showCast() {
  const everywhere = find("#everywhere").getAttribute("aria-pressed") === "true";
  if (everywhere) return listEverybody(open.name);
  const body = open.article && bodyOf(open.article);
  const most = Math.max(...(body?.cast.map((member) => member.words) ?? [0]));
  const lines = body?.cast.map((member, at) => {
    const line = castLine(member, most, body.words, open.voices.has(at));
    line.addEventListener("click", () => {
      if (!open.voices.delete(at)) open.voices.add(at);
      line.setAttribute("aria-pressed", String(open.voices.has(at)));
      filter();
    });
    return make("li", null, line);
  });
  find("#cast").replaceChildren(...(lines ?? []));
}

/** A map of the article: where in it who has the word. */
function drawStrip(body) {
  const parts = body.statements.map((said, at) => {
    const [begin, end] = said.place_in_text;
    const part = make("span", { "data-at": at, class: `${said.form} c${body.cast[said.who[0]]?.colour ?? 0}` });
    part.style.left = `${begin / 10}%`;
    part.style.width = `max(3px, ${(end - begin) / 10}%)`;
    return part;
  });
  find("#strip").replaceChildren(...parts);
}

function listActs(body) {
  const select = find("#filters").elements.act;
  const before = select.value;
  const acts = new Map();
  for (const { act } of body.statements) acts.set(act, (acts.get(act) ?? 0) + 1);
  const options = [...acts].sort(([a], [b]) => a.localeCompare(b)).map(([act, n]) => make("option", { value: act }, `${act} (${n})`));
  select.replaceChildren(make("option", { value: "" }, "all"), ...options);
  select.value = acts.has(before) ? before : "";
}

/** Which statements pass the filters, by number. */
function passing() {
  const { elements } = find("#filters");
  const forms = new Set([...elements.form].filter((box) => box.checked).map((box) => box.value));
  const least = elements.least.value / 100;
  return bodyOf(open.article).statements.map((said) =>
    forms.has(said.form) && (!elements.act.value || said.act === elements.act.value) && said.confidence >= least
      && (!open.voices.size || said.who.some((at) => open.voices.has(at))));
}

function filter() {
  if (!open.article) return;
  const { elements } = find("#filters");
  elements["least-shown"].value = +elements.least.value ? `${elements.least.value} %+` : "all";
  open.passing = passing();
  for (const piece of document.querySelectorAll("#text [data-s]")) {
    piece.classList.toggle("off", !piece.dataset.s.split(" ").some((at) => open.passing[at]));
  }
  for (const part of find("#strip").children) part.classList.toggle("off", !open.passing[part.dataset.at]);
  const left = open.passing.filter(Boolean).length;
  find("#shown").textContent = left === open.passing.length ? "" : `${left} of ${open.passing.length} marked`;
  find("#show-all").hidden = left === open.passing.length && !open.voices.size && !+elements.least.value;
}

function resetFilters() {
  find("#filters").reset();
  open.voices.clear();
  showCast();
  filter();
}

/** Sets a statement and all its parts off from the rest. */
function see(statement) {
  if (open.seen === statement) return;
  for (const piece of document.querySelectorAll("#text .on")) piece.classList.remove("on");
  for (const part of find("#strip").children) part.classList.toggle("on", +part.dataset.at === statement);
  open.seen = statement;
  find("#text").classList.toggle("one", statement != null);
  if (statement != null) pieces(statement).forEach((piece) => piece.classList.add("on"));
  showPanel();
}

function choose(statement, { scroll = true } = {}) {
  open.chosen = statement;
  see(statement);
  document.body.classList.toggle("chosen", statement != null);
  history.replaceState(null, "", linkOf(open.article, statement));
  const link = statement != null && linkTo(statement);
  if (!link) return;
  link.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (scroll) link.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

/** The next statement that passes the filters, or with -1 the one before. */
function step(by) {
  if (!open.article || !open.passing.some(Boolean)) return;
  const all = open.passing.length;
  let at = open.chosen ?? (by > 0 ? -1 : all);
  do at = (at + by + all) % all; while (!open.passing[at]);
  choose(at);
}

/** The buttons of a panel: to the statements around it, and what can be taken away from it. */
function actionsOf(said) {
  const button = (words, act) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", () => act(made));
    return made;
  };
  return make("p", { class: "actions" },
    button("← Previous", () => step(-1)), button("Next →", () => step(1)),
    button("Copy words", (made) => copy(said.content, made)), button("Copy link", (made) => copy(location.href, made)));
}

function copy(words, button) {
  const done = (said) => button?.replaceChildren(said);
  if (!navigator.clipboard) return done("The browser does not let it");
  navigator.clipboard.writeText(words).then(() => done("Copied"), () => done("The browser does not let it"));
}

function showPanel() {
  const panel = find("#panel");
  if (open.seen == null || !open.article) {
    panel.replaceChildren(make("h2", null, "How to read it"), find("#legend").content.cloneNode(true));
    return;
  }
  const { cast, statements } = bodyOf(open.article);
  const said = statements[open.seen];
  const row = (term, ...told) => told[0] && [make("dt", null, term), make("dd", { dir: "auto" }, ...told)];
  const voices = said.who.map((at) => cast[at]).map((member) => make("p", { class: `speaker c${member.colour}` },
    make("span", { class: "dot", "aria-hidden": "true" }, member.initials),
    make("span", { class: "who-is" }, make("strong", { dir: "auto" }, member.name),
      make("span", { class: "role", dir: "auto" }, [member.role, member.affiliation].filter(Boolean).join(" · ") || member.kind))));
  const level = make("span", { class: "level", "aria-hidden": "true" }, make("span"));
  level.firstChild.style.width = `${said.confidence * 100}%`;
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => choose(null));
  panel.replaceChildren(
    close,
    make("p", { class: "number" }, `Statement ${open.seen + 1} of ${statements.length}`),
    ...voices,
    make("blockquote", { dir: "auto", class: `c${cast[said.who[0]]?.colour ?? 0}` }, said.content),
    make("dl", null, ...[
      row("Form", said.form), row("Act", said.act),
      row("Cue", said.cue, said.lemma && said.lemma !== said.cue ? ` (${said.lemma})` : ""),
      row("Source", said.source), row("Resolved by", `${said.resolved_by}: ${REASONS[said.resolved_by] ?? ""}`),
      row("To", said.addressee), row("About", said.topic), row("When", said.when), row("Where", said.where),
      row("Confidence", level, `${Math.round(said.confidence * 100)} %`),
    ].flat().filter(Boolean)),
    actionsOf(said));
}

/** All that somebody says, article by article, the earliest first where dates tell. */
function openVoice(name) {
  const voice = everybody().find((one) => one.name === name);
  if (!voice) return false;
  open.article?.row.firstChild.removeAttribute("aria-current");
  Object.assign(open, { article: null, chosen: null, seen: null, name });
  document.body.classList.add("by-voice");
  setScope(true);
  document.body.classList.remove("chosen");
  document.title = `${name} – who said what`;
  find("#kicker").replaceChildren(make("bdi", null, [voice.role, voice.affiliation].filter(Boolean).join(" · ")));
  find("#title").hidden = false;
  find("#title").textContent = name;
  find("#summary").textContent = `${count(voice.statements, "statement")} in ${count(voice.articles.length, "article")} under this name`;
  const dated = [...voice.articles].sort((a, b) => (a.head.date ?? "").localeCompare(b.head.date ?? "") || a.number - b.number);
  find("#text").replaceChildren(...dated.map((article) => {
    const { cast, statements } = bodyOf(article);
    const lines = statements.flatMap((said, at) => (said.who.some((who) => cast[who].name === name) ? [voiceLine(article, said, at)] : []));
    const meta = [dateOf(article), article.head.document].filter(Boolean).join(" · ");
    return make("section", null, make("h2", { dir: "auto" }, titleOf(article)), make("p", { class: "meta" }, meta), make("ol", null, ...lines));
  }));
  find("#text").classList.remove("one");
  showCast();
  showPanel();
  return true;
}

function voiceLine(article, said, at) {
  const how = [said.cue, said.form, said.act, said.when && `when: ${said.when}`].filter(Boolean).join(" · ");
  return make("li", null, make("a", { href: linkOf(article, at), dir: "auto" }, make("span", { class: said.form }, said.content)),
    make("span", { class: "meta" }, how));
}
