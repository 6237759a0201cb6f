//! An article's text as HTML, its statements, cues and sources marked.

use std::fmt::Write as _;
use std::ops::Range;

use crate::view::cast::Cast;
use crate::view::paragraphs::paragraphs;
use crate::view::{ArticleView, escaped};
use crate::{PhraseRecord, StatementRecord};

/// What words are to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Content,
    Source,
    Cue,
}

const PARTS: [Part; 3] = [Part::Content, Part::Source, Part::Cue];

/// Bytes of the text that are one part of one statement.
#[derive(Clone, Copy, Debug)]
struct Piece {
    begin: usize,
    end: usize,
    part: Part,
    statement: usize,
    /// Whether the statement begins with it.
    first: bool,
}

/// The paragraphs of an article, its statements marked.
///
/// Contents are `<mark class="said direct c1" data-s="0">`, sources `<b class="source" data-s="0">` and cues `<i class="cue" …>`; before the
/// first words of a statement stands an empty link, `<a class="who c1" data-s="0" data-who="AR" title="…">`, that a style sheet gives
/// the initials. What is left without its tags is the text, but for the escaping.
///
/// ```
/// use sayso_corpus::{DocumentRecord, Offsets, view};
/// let text = "“We lost,” said Ana Ruiz.";
/// let extraction = sayso::Extractor::english().extract(text);
/// let record = DocumentRecord::new("a1", None, text, &extraction, Offsets::Chars);
/// let shown = view::ArticleView { text, date: None, record: &record };
/// let html = view::marked(&shown, &view::Cast::of(&record));
/// assert!(html.contains("<mark class=\"said direct c1\" data-s=\"0\">“We lost,”</mark>"));
/// assert!(html.contains("<i class=\"cue\" data-s=\"0\">said</i> <b class=\"source\" data-s=\"0\">Ana Ruiz</b>"));
/// ```
#[must_use]
pub fn marked(article: &ArticleView<'_>, cast: &Cast<'_>) -> String {
    let pieces = pieces(article);
    let mut page = Page { out: String::new(), article, cast, open: [const { Vec::new() }; 3] };
    let mut next = 0;
    let mut active: Vec<Piece> = Vec::new();
    let mut from = 0;
    for (number, paragraph) in paragraphs(article.text).into_iter().enumerate() {
        page.out.push_str(&escaped(&article.text[from..paragraph.start]));
        let tag = if number == 0 && is_headline(article, &paragraph) { "h1" } else { "p" };
        let _ = write!(page.out, "<{tag} dir=\"auto\">");
        let mut at = paragraph.start;
        while at < paragraph.end {
            let begun = pieces[next..].iter().take_while(|piece| piece.begin <= at).count();
            active.retain(|piece| piece.end > at);
            active.extend(pieces[next..next + begun].iter().filter(|piece| piece.end > at));
            next += begun;
            let ends = active.iter().map(|piece| piece.end).chain(pieces.get(next).map(|piece| piece.begin)).min();
            let end = ends.unwrap_or(paragraph.end).min(paragraph.end);
            page.segment(at..end, &active);
            active.iter_mut().for_each(|piece| piece.first = false);
            at = end;
        }
        page.close(0);
        let _ = write!(page.out, "</{tag}>");
        from = paragraph.end;
    }
    page.out.push_str(&escaped(&article.text[from..]));
    page.out
}

/// Whether the text's first paragraph is its title.
fn is_headline(article: &ArticleView<'_>, first: &Range<usize>) -> bool {
    article.record.title.is_some_and(|title| title.trim() == article.text[first.clone()].trim())
}

/// Whether the title stands in the text itself, so that a page need not set it above.
pub(super) fn has_headline(article: &ArticleView<'_>) -> bool {
    paragraphs(article.text).first().is_some_and(|first| is_headline(article, first))
}

/// All parts of all statements, in the order of the text.
fn pieces(article: &ArticleView<'_>) -> Vec<Piece> {
    let mut found = Vec::new();
    for (statement, record) in article.record.statements.iter().enumerate() {
        let mut add = |part, spans: &[[u32; 2]]| {
            found.extend(spans.iter().enumerate().map(|(at, &[begin, end])| {
                let first = at == 0 && part == Part::Content;
                Piece { begin: begin as usize, end: end as usize, part, statement, first }
            }));
        };
        add(Part::Content, &record.content.spans);
        record.source.iter().for_each(|source| add(Part::Source, &source.spans));
        record.cue.iter().for_each(|cue| add(Part::Cue, &cue.spans));
    }
    let mut edges: Vec<&mut usize> = found.iter_mut().flat_map(|piece| [&mut piece.begin, &mut piece.end]).collect();
    edges.sort_unstable();
    to_bytes(article.text, edges);
    found.retain(|piece| piece.begin < piece.end);
    found.sort_by_key(|piece| (piece.begin, piece.part, piece.statement));
    found
}

/// Turns ascending counts of code points into bytes.
fn to_bytes(text: &str, counts: Vec<&mut usize>) {
    let mut bytes = text.char_indices().map(|(at, _)| at).enumerate();
    let mut last = (0, 0);
    for count in counts {
        while last.0 < *count {
            match bytes.next() {
                Some(next) => last = next,
                None => last = (usize::MAX, text.len()),
            }
        }
        *count = last.1;
    }
}

struct Page<'a> {
    out: String,
    article: &'a ArticleView<'a>,
    cast: &'a Cast<'a>,
    /// The statements of the open elements: of contents, of sources, of cues; one is within the other.
    open: [Vec<usize>; 3],
}

impl Page<'_> {
    /// Writes words that are all the same parts of the same statements.
    fn segment(&mut self, bytes: Range<usize>, active: &[Piece]) {
        let of = |part: Part| active.iter().filter(|p| p.part == part).map(|p| p.statement).collect::<Vec<_>>();
        let wanted = PARTS.map(of);
        let same = self.open.iter().zip(&wanted).take_while(|(open, wanted)| open == wanted).count();
        self.close(same);
        active.iter().filter(|piece| piece.first).for_each(|piece| self.link(piece.statement));
        for (level, statements) in wanted.into_iter().enumerate().skip(same) {
            self.open(level, statements);
        }
        self.out.push_str(&escaped(&self.article.text[bytes]));
    }

    /// Closes the elements of `level` and of those within it.
    fn close(&mut self, level: usize) {
        for (open, tag) in self.open.iter_mut().zip(["mark", "b", "i"]).skip(level).rev() {
            if !std::mem::take(open).is_empty() {
                let _ = write!(self.out, "</{tag}>");
            }
        }
    }

    fn open(&mut self, level: usize, statements: Vec<usize>) {
        // Of contents that overlap, the one that began last is shown.
        let Some(&last) = statements.last() else { return };
        let numbers = statements.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let colour = self.colour(last);
        let _ = match PARTS[level] {
            Part::Content => {
                let form = self.article.record.statements[last].form;
                write!(self.out, "<mark class=\"said {form} {colour}\" data-s=\"{numbers}\">")
            }
            Part::Source => write!(self.out, "<b class=\"source\" data-s=\"{numbers}\">"),
            Part::Cue => write!(self.out, "<i class=\"cue\" data-s=\"{numbers}\">"),
        };
        self.open[level] = statements;
    }

    /// The link that stands for a statement.
    fn link(&mut self, statement: usize) {
        let colour = self.colour(statement);
        let record = &self.article.record.statements[statement];
        let members = self.cast.of_statement(record);
        let mut who = members.first().map(|&at| self.cast.members[at].initials.clone()).unwrap_or_default();
        if members.len() > 1 {
            let _ = write!(who, "+{}", members.len() - 1);
        }
        let (who, label) = (escaped(&who).into_owned(), label(record));
        let label = escaped(&label);
        let _ = write!(self.out, "<a class=\"who {colour}\" data-s=\"{statement}\" data-who=\"{who}\" title=\"{label}\"></a>");
    }

    fn colour(&self, statement: usize) -> String {
        let record = &self.article.record.statements[statement];
        let first = self.cast.of_statement(record).first().map_or(0, |&at| self.cast.members[at].colour);
        format!("c{first}")
    }
}

/// "Statement 3, Ana Ruiz, mayor of Lorca: indirect, deny, to reporters, confidence 92 %"
fn label(record: &StatementRecord<'_>) -> String {
    let names: Vec<&str> = record.speakers.iter().map(|s| s.name).collect();
    let mut label =
        format!("Statement {}, {}", record.index + 1, if names.is_empty() { "nobody named".to_owned() } else { names.join("; ") });
    if let [only] = record.speakers.as_slice() {
        label.extend(only.role.or(only.affiliation).filter(|&role| role != only.name).iter().flat_map(|role| [", ", role]));
    }
    let _ = write!(label, ": {}, {}", record.form, record.act);
    let mut add = |word: &str, phrase: &Option<PhraseRecord<'_>>| {
        label.extend(phrase.iter().flat_map(|phrase| [", ", word, " ", &phrase.text]));
    };
    add("to", &record.addressee);
    add("about", &record.topic);
    add("when:", &record.when);
    add("where:", &record.place);
    let _ = write!(label, ", confidence {:.0} %", record.confidence * 100.0);
    label
}
