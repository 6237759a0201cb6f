//! The views without a browser: what is marked, and that all that comes from an article stays words.

use std::path::Path;

use dom_query::Document;
use proptest::prelude::*;
use sayso::Extractor;
use sayso_corpus::view::{ArticleView, Cast, Reader, marked, notebook};
use sayso_corpus::{Article, CueRecord, DocumentRecord, InputOptions, Offsets, PhraseRecord, SpeakerRecord, StatementRecord, articles};
use serde_json::Value;

/// The article as the page would give it to a browser, and read there: its HTML without the tags.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    html_escape::decode_html_entities(&out).into_owned()
}

/// The tags of a fragment, each closed where it must be; the attributes of all of them.
fn check_tags(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag has an end");
        let name = tag.split(' ').next().expect("a name");
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{html}"),
            None => open.push(name),
        }
        assert!(["p", "h1", "mark", "b", "i", "a"].contains(&name.trim_start_matches('/')), "<{tag}> in {html}");
        let named = tag.split("=\"").collect::<Vec<_>>();
        for before in &named[..named.len() - 1] {
            let attribute = before.rsplit(' ').next().expect("a name");
            assert!(["class", "dir", "data-s", "data-who", "title"].contains(&attribute), "{attribute} in <{tag}>");
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{html}");
}

fn html_of(title: Option<&str>, text: &str) -> String {
    let extraction = Extractor::english().extract(text);
    let record = DocumentRecord::new("a1", title, text, &extraction, Offsets::Chars);
    marked(&ArticleView { text, date: None, record: &record }, &Cast::of(&record))
}

/// Where words stand in a text, in code points.
fn phrase<'a>(text: &str, words: &'a str) -> PhraseRecord<'a> {
    let at = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
    let begin = text[..at].chars().count() as u32;
    PhraseRecord { text: words.into(), spans: vec![[begin, begin + words.chars().count() as u32]] }
}

fn shown(text: &str, record: &DocumentRecord<'_>) -> String {
    let html = marked(&ArticleView { text, date: None, record }, &Cast::of(record));
    assert_eq!(without_tags(&html), text);
    check_tags(&html);
    html
}

#[test]
fn statements_sources_and_cues_are_marked_where_they_stand() {
    let text =
        "Bridge to open in May\n\n“The bridge will open in May,” said the mayor. “It is late.”\n\nShe denied that\n\nit was too dear.\n";
    let mut quoted =
        statement(0, phrase(text, "“The bridge will open in May,”"), Some(phrase(text, "the mayor")), Some(phrase(text, "said")));
    quoted.content.spans.extend(phrase(text, "“It is late.”").spans);
    quoted.form = "direct";
    let denied = statement(1, phrase(text, "that\n\nit was too dear"), Some(phrase(text, "She")), Some(phrase(text, "denied")));
    let record = DocumentRecord { title: Some("Bridge to open in May"), ..document(vec![quoted, denied]) };
    let expected = "<h1 dir=\"auto\">Bridge to open in May</h1>\n\n\
         <p dir=\"auto\"><a class=\"who c1\" data-s=\"0\" data-who=\"AR\" title=\"Statement 1, Ana &quot;&lt;b&gt;&quot; Ruiz, \
         &lt;i&gt;mayor: direct, assert, confidence 50 %\"></a>\
         <mark class=\"said direct c1\" data-s=\"0\">“The bridge will open in May,”</mark> <i class=\"cue\" data-s=\"0\">said</i> \
         <b class=\"source\" data-s=\"0\">the mayor</b>. <mark class=\"said direct c1\" data-s=\"0\">“It is late.”</mark></p>\n\n\
         <p dir=\"auto\"><b class=\"source\" data-s=\"1\">She</b> <i class=\"cue\" data-s=\"1\">denied</i> \
         <a class=\"who c1\" data-s=\"1\" data-who=\"AR\" title=\"Statement 2, Ana &quot;&lt;b&gt;&quot; Ruiz, &lt;i&gt;mayor: indirect, \
         assert, confidence 50 %\"></a>\
         <mark class=\"said indirect c1\" data-s=\"1\">that</mark></p>\n\n\
         <p dir=\"auto\"><mark class=\"said indirect c1\" data-s=\"1\">it was too dear</mark>.</p>\n";
    assert_eq!(shown(text, &record), expected);
}

#[test]
fn a_source_of_two_statements_belongs_to_both() {
    let text = "Ana Ruiz said that the bridge was late and that it was dear. Ana Ruiz left.";
    let said = |index, words| statement(index, phrase(text, words), Some(phrase(text, "Ana Ruiz")), Some(phrase(text, "said")));
    let html = shown(text, &document(vec![said(0, "that the bridge was late"), said(1, "that it was dear")]));
    assert!(html.contains("<b class=\"source\" data-s=\"0 1\">Ana Ruiz</b> <i class=\"cue\" data-s=\"0 1\">said</i>"), "{html}");
}

#[test]
fn a_statement_within_another_is_marked_within_it() {
    let text = "“She said no,” Ana Ruiz said.";
    let html = shown(
        text,
        &document(vec![statement(0, phrase(text, "“She said no,”"), None, None), statement(1, phrase(text, "no"), None, None)]),
    );
    assert!(
        html.contains("<mark class=\"said indirect c1\" data-s=\"0 1\">no</mark><mark class=\"said indirect c1\" data-s=\"0\">,”</mark>"),
        "{html}"
    );
}

fn statement<'a>(
    index: usize,
    content: PhraseRecord<'a>,
    source: Option<PhraseRecord<'a>>,
    cue: Option<PhraseRecord<'a>>,
) -> StatementRecord<'a> {
    let speaker = SpeakerRecord { id: 0, name: "Ana \"<b>\" Ruiz", kind: "person", role: Some("<i>mayor"), affiliation: None };
    StatementRecord {
        document: "a1",
        index,
        form: "indirect",
        act: "assert",
        content,
        cue: cue.map(|PhraseRecord { text, spans }| CueRecord { text, lemma: "say", spans }),
        source,
        speakers: if index % 3 == 2 { Vec::new() } else { vec![speaker] },
        resolved_by: "name",
        addressee: None,
        topic: None,
        when: None,
        place: None,
        confidence: 0.5,
    }
}

fn document(statements: Vec<StatementRecord<'_>>) -> DocumentRecord<'_> {
    let cast =
        sayso_corpus::CastRecord { id: 0, name: "Ana \"<b>\" Ruiz", kind: "person", role: None, affiliation: None, mentions: Vec::new() };
    DocumentRecord {
        document: "a1",
        title: None,
        dateline: None,
        credit: None,
        language: "en",
        text: None,
        speakers: vec![cast],
        statements,
    }
}

/// The hostile articles that the browser's tests read, too.
fn hostile() -> Vec<Article> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/articles/hostile.jsonl");
    articles([path], InputOptions { language: sayso_corpus::Language::Any, ..InputOptions::default() })
        .map(|article| article.expect("it is read"))
        .collect()
}

#[test]
fn a_page_of_hostile_articles_has_no_element_but_its_own() {
    let (reader, articles) = (Reader::default(), hostile());
    assert_eq!(articles.len(), 3);
    let mut page = Vec::new();
    reader.begin(&mut page).expect("in memory");
    let empty = Document::from(&*String::from_utf8_lossy(&page));
    for Article { document, title, text, date, .. } in &articles {
        let extraction = Extractor::english().extract(text);
        let record = DocumentRecord::new(document, title.as_deref(), text, &extraction, Offsets::Chars);
        let article = ArticleView { text, date: date.as_deref(), record: &record };
        reader.article(&mut page, &article).expect("in memory");
        let cell = Document::from(notebook(&article));
        assert_eq!(cell.select("script, img, svg, iframe, base, meta, [onerror], [onload], [onclick], [href]").length(), 0);
    }
    reader.end(&mut page).expect("in memory");
    let page = Document::from(String::from_utf8(page).expect("UTF-8"));
    let count =
        |page: &Document| ["script", "style", "img", "svg", "iframe", "base", "meta", "title", "*"].map(|tag| page.select(tag).length());
    let (mut wanted, found) = (count(&empty), count(&page));
    wanted[0] += articles.len();
    wanted[8] += articles.len();
    assert_eq!(found, wanted, "a script for each article, and nothing else");
    for (article, node) in articles.iter().zip(page.select("script.article").iter()) {
        let head: Value = serde_json::from_str(&node.attr("data-head").expect("a head")).expect("JSON");
        assert_eq!((head["document"].as_str(), head["date"].as_str()), (Some(&*article.document), article.date.as_deref()));
        let body: Value = serde_json::from_str(&node.text()).expect("JSON");
        let html = body["html"].as_str().expect("HTML");
        assert_eq!(without_tags(html), article.text);
        check_tags(html);
    }
}

#[test]
fn a_policy_names_the_page_s_own_script_and_style() {
    let mut page = Vec::new();
    Reader { action: Some("/?a=1&b=\"2\"") }.begin(&mut page).expect("in memory");
    let page = String::from_utf8(page).expect("UTF-8");
    let policy = Document::from(page.as_str()).select("meta[http-equiv]").attr("content").expect("a policy").to_string();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    assert!(page.contains("action=\"/?a=1&amp;b=&quot;2&quot;\""));
    assert!(!page.contains("src=") && !page.contains("url(") && !page.contains("@import"), "the page loads nothing");
}

/// Words that a page could trip over.
const PIECES: &[&str] = &[
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "</style>",
    "<p>",
    "</mark>",
    "&lt;",
    "&",
    "\"",
    "'",
    "`",
    "=",
    "\u{2028}",
    "\u{202e}",
    "\r\n",
    "\n\n",
    "\n",
    "\t",
    " ",
    "“",
    "”",
    "said",
    "Ana Ruiz",
    "she",
    "denied that",
    "it was",
    "late",
    ".",
    ",",
    "é",
    "👍🏽",
    "文",
    "onload=",
    "javascript:",
    "\u{0}",
    "]]>",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_shown_as_it_is(text in text()) {
        let html = html_of(Some(&text), &text);
        prop_assert_eq!(without_tags(&html), text);
        check_tags(&html);
    }

    #[test]
    fn spans_may_overlap_as_they_like(text in text(), spans in prop::collection::vec((0_u32..300, 0_u32..60), 0..24)) {
        let length = text.chars().count() as u32;
        let phrase = |&(begin, count): &(u32, u32)| {
            let begin = begin.min(length);
            PhraseRecord { text: "".into(), spans: vec![[begin, (begin + count).min(length)]] }
        };
        let statements = spans.chunks(3).enumerate().map(|(at, spans)| statement(at, phrase(&spans[0]), spans.get(1).map(phrase), spans.get(2).map(phrase)));
        let record = document(statements.collect());
        let html = marked(&ArticleView { text: &text, date: None, record: &record }, &Cast::of(&record));
        prop_assert_eq!(without_tags(&html), text);
        check_tags(&html);
    }
}
