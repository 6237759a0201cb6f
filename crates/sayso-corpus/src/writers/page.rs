//! Statements out: JSON Lines, one document a line, or a page for a terminal.
//!
//! On a terminal with colours a line stands before each statement, in the colour of its speaker and of the kind of its form: the signs
//! of the page for browsers.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::view::Cast;
use crate::writers::record::{DocumentRecord, PhraseRecord, StatementRecord};

/// Writes a line of JSON.
///
/// # Errors
/// If `out` fails.
pub fn json_line(mut out: impl Write, record: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut out, record)?;
    out.write_all(b"\n")
}

/// How a page is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns.
    pub width: usize,
    /// Whether to set names bold, cues dim, and a line in the speaker's colour before what is said, by ANSI escape codes.
    pub color: bool,
}

impl Layout {
    pub(crate) fn bold(self) -> Style {
        if self.color { Style::new().bold() } else { Style::new() }
    }

    pub(crate) fn dim(self) -> Style {
        if self.color { Style::new().dimmed() } else { Style::new() }
    }
}

/// Writes an article for people to read: under its title, each statement with speaker, role, content and cue.
///
/// # Errors
/// If `out` fails.
pub fn page(mut out: impl Write, record: &DocumentRecord<'_>, layout: Layout) -> io::Result<()> {
    let (bold, dim) = (layout.bold(), layout.dim());
    let title = record.title.map(printable);
    if let Some(title) = &title {
        writeln!(out, "{bold}{title}{bold:#}")?;
    }
    let count = record.statements.len();
    let noun = if count == 1 { "statement" } else { "statements" };
    writeln!(out, "{dim}{}: {count} {noun}{dim:#}\n", printable(record.document))?;
    let cast = Cast::of(record);
    record.statements.iter().try_for_each(|s| statement(&mut out, s, &margin(s, &cast, layout), layout))
}

/// What stands before the lines of a statement: a line, whole where all is quoted, broken where a part is, thin where nothing is.
fn margin(statement: &StatementRecord<'_>, cast: &Cast<'_>, layout: Layout) -> String {
    const COLOURS: [AnsiColor; 7] = [
        AnsiColor::Blue,
        AnsiColor::Yellow,
        AnsiColor::Green,
        AnsiColor::Magenta,
        AnsiColor::Cyan,
        AnsiColor::Red,
        AnsiColor::BrightYellow,
    ];
    if !layout.color {
        return "  ".to_owned();
    }
    let line = match statement.form {
        "direct" => '┃',
        "mixed" => '╏',
        _ => '│',
    };
    let speaker = cast.of_statement(statement).first().map_or(0, |&at| cast.members[at].colour);
    let colour = speaker.checked_sub(1).and_then(|at| COLOURS.get(at));
    let style = colour.map_or(Style::new().dimmed(), |&colour| Style::new().fg_color(Some(colour.into())));
    format!("{style}{line}{style:#} ")
}

fn statement(out: &mut impl Write, statement: &StatementRecord<'_>, margin: &str, layout: Layout) -> io::Result<()> {
    let (bold, dim) = (layout.bold(), layout.dim());
    let names: Vec<Cow<'_, str>> = statement.speakers.iter().map(|s| printable(s.name)).collect();
    let name = if names.is_empty() { "(speaker not named)".to_owned() } else { names.join("; ") };
    write!(out, "{bold}{name}{bold:#}")?;
    if let [only] = statement.speakers.as_slice() {
        let role = only.role.or(only.affiliation).map(printable);
        role.map_or(Ok(()), |role| write!(out, ", {role}"))?;
    }
    writeln!(out)?;
    for line in wrapped(&statement.content.text, layout.width) {
        writeln!(out, "{margin}{line}")?;
    }
    let how = how(statement).join(" · ");
    for line in wrapped(&how, layout.width) {
        writeln!(out, "  {dim}{line}{dim:#}")?;
    }
    writeln!(out)
}

/// The cue, the act and the circumstances that the text gives.
fn how<'s>(statement: &'s StatementRecord<'_>) -> Vec<Cow<'s, str>> {
    let mut parts = vec![Cow::from(format!("{} {}", statement.form, statement.act))];
    if let Some(cue) = &statement.cue {
        parts.insert(0, Cow::from(&*cue.text));
    }
    let mut add = |label: &str, phrase: &Option<PhraseRecord<'_>>| {
        if let Some(phrase) = phrase {
            parts.push(Cow::from(format!("{label}: {}", phrase.text)));
        }
    };
    add("to", &statement.addressee);
    add("about", &statement.topic);
    add("when", &statement.when);
    add("where", &statement.place);
    parts
}

/// Words in lines that fit after an indent of two.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let words = printable(words);
    textwrap::wrap(&words, width.saturating_sub(2).max(20)).into_iter().map(Cow::into_owned).collect()
}

/// Words on one line: white space folded, and no control character that would steer the terminal.
pub(crate) fn printable(words: &str) -> Cow<'_, str> {
    if !words.chars().any(char::is_control) && !words.contains("  ") {
        return Cow::Borrowed(words);
    }
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Cow::Owned(folded.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writers::record::{CastRecord, CueRecord, SpeakerRecord};

    fn phrase(text: &str) -> PhraseRecord<'_> {
        PhraseRecord { text: text.into(), spans: vec![[0, 1]] }
    }

    fn record(content: &str) -> DocumentRecord<'_> {
        let speaker = SpeakerRecord { id: 0, name: "Ana Ruiz", kind: "person", role: Some("mayor of Lorca"), affiliation: None };
        let statement = StatementRecord {
            document: "a1",
            index: 0,
            form: "direct",
            act: "commit",
            content: phrase(content),
            cue: Some(CueRecord { text: "told".into(), lemma: "tell", spans: vec![[0, 1]] }),
            source: None,
            speakers: vec![speaker],
            resolved_by: "name",
            addressee: Some(phrase("reporters")),
            topic: None,
            when: None,
            place: None,
            confidence: 0.9,
        };
        let statements = vec![statement.clone(), StatementRecord { speakers: Vec::new(), cue: None, addressee: None, ..statement }];
        DocumentRecord {
            document: "a1",
            title: Some("Bridge"),
            dateline: None,
            credit: None,
            language: "en",
            text: None,
            speakers: vec![CastRecord { id: 0, name: "Ana Ruiz", kind: "person", role: None, affiliation: None, mentions: Vec::new() }],
            statements,
        }
    }

    fn set(content: &str, layout: Layout) -> String {
        let mut out = Vec::new();
        page(&mut out, &record(content), layout).expect("in memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_page_reads_speaker_role_content_and_cue() {
        let expected = "Bridge\na1: 2 statements\n\nAna Ruiz, mayor of Lorca\n  “We will build it and\n  we will pay.”\n  \
                        told · direct commit ·\n  to: reporters\n\n(speaker not named)\n  “We will build it and\n  we will pay.”\n  direct commit\n\n";
        assert_eq!(set("“We will build it\n\nand we will pay.”", Layout { width: 24, color: false }), expected);
    }

    #[test]
    fn colour_sets_names_bold_and_cues_dim_and_a_line_before_what_is_said() {
        let page = set("“No.”", Layout { width: 80, color: true });
        assert!(page.contains("\u{1b}[1mAna Ruiz\u{1b}[0m, mayor of Lorca\n"), "{page:?}");
        assert!(page.contains("\n\u{1b}[34m┃\u{1b}[0m “No.”\n"), "{page:?}");
        assert!(page.contains("\n\u{1b}[2m┃\u{1b}[0m “No.”\n"), "nobody named has no colour: {page:?}");
        assert!(page.contains("  \u{1b}[2mtold · direct commit · to: reporters\u{1b}[0m\n"), "{page:?}");
    }

    #[test]
    fn an_article_cannot_steer_the_terminal() {
        let page = set("“No\u{1b}[31m.”\r\n", Layout { width: 80, color: false });
        assert!(!page.contains('\u{1b}') && page.contains("“No\u{FFFD}[31m.”"), "{page:?}");
    }
}
