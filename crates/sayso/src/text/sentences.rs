//! Cuts paragraphs into sentences.

use super::abbreviations::{self, Stop};
use super::{Reading, Sentence, TokenKind, TokenRange};

/// Verbs that go on with a question or an exclamation before them: “Why?” Ruiz asked.
const SAYING: &[&str] = &[
    "added",
    "answered",
    "asked",
    "asks",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "joked",
    "quipped",
    "replied",
    "responded",
    "said",
    "says",
    "shouted",
    "told",
    "tweeted",
    "wondered",
    "wrote",
    "yelled",
];

/// What may stand behind such a verb where it belongs to the sentence before it.
const AFTER_SAYING: &[&str] = &[",", ".", "about", "after", "at", "before", "during", "in", "last", "of", "on", "when", "while"];

/// How many tokens a name before a verb of saying may have.
const NAME: usize = 5;

/// Fills in the sentences; `edges` are tokens, ascending, before which a sentence begins in any case.
pub(super) fn cut(text: &str, reading: &mut Reading, edges: &[u32]) {
    let mut edges = edges.iter().copied().peekable();
    for index in 0..reading.paragraphs.len() {
        let tokens = reading.paragraphs[index].tokens;
        let first = reading.sentences.len() as u32;
        let mut begin = tokens.begin;
        while begin < tokens.end {
            while edges.peek().is_some_and(|e| *e <= begin) {
                edges.next();
            }
            let limit = edges.peek().map_or(tokens.end, |e| tokens.end.min(*e));
            let end = end(text, reading, begin as usize, limit as usize) as u32;
            push(reading, TokenRange::new(begin, end), index as u32);
            begin = end;
        }
        reading.paragraphs[index].sentences = (first, reading.sentences.len() as u32);
    }
}

fn push(reading: &mut Reading, tokens: TokenRange, paragraph: u32) {
    let index = reading.sentences.len() as u32;
    for token in &mut reading.tokens[tokens.range()] {
        token.sentence = index;
    }
    let span = reading.span_of(tokens);
    reading.sentences.push(Sentence { span, tokens, paragraph });
}

/// Where the sentence that begins at a token ends, at `limit` at the latest.
fn end(text: &str, reading: &Reading, begin: usize, limit: usize) -> usize {
    let mut at = begin;
    while at < limit {
        let stop = stop_at(text, reading, at);
        at += 1;
        let Some(stop) = stop else { continue };
        while at < limit && is_stop(reading.form(at)) {
            at += 1;
        }
        let (behind, quoted) = closers(text, reading, at, limit);
        if behind >= limit {
            return limit;
        }
        if ends_before(text, reading, stop, behind, limit, quoted) {
            return behind;
        }
        at = at.max(behind);
    }
    limit
}

fn is_stop(form: &str) -> bool {
    matches!(form, "." | "?" | "!" | "…" | "‽") || form.len() > 1 && form.bytes().all(|b| b == b'.')
}

/// How a token that may end a sentence ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// ".", "..."
    Full,
    /// "?", "!"
    Loud,
    /// "Inc."
    Abbreviation,
}

fn stop_at(text: &str, reading: &Reading, at: usize) -> Option<Ending> {
    let form = reading.form(at);
    if !form.ends_with(['.', '?', '!', '…', '‽']) {
        return None;
    }
    if is_stop(form) {
        return Some(if form.ends_with(['?', '!', '‽']) { Ending::Loud } else { Ending::Full });
    }
    let word = form.strip_suffix('.')?;
    let capital = reading.tokens[at].span.text(text).starts_with(char::is_uppercase);
    let never =
        reading.tokens[at].kind != TokenKind::Word || abbreviations::stop(word, capital) == Stop::Title || matches!(word, "no" | "nos");
    (!never).then_some(Ending::Abbreviation)
}

/// The token behind the marks and brackets that close at `at`, and whether one of them is a quotation mark.
fn closers(text: &str, reading: &Reading, mut at: usize, limit: usize) -> (usize, bool) {
    let mut quoted = false;
    while at < limit {
        let words = reading.tokens[at].span.text(text);
        let glued = at > 0 && reading.tokens[at - 1].span.end() == reading.tokens[at].span.begin();
        let closes = match words {
            ")" | "]" | "}" | "”" | "»" | "›" | "」" | "』" => true,
            "’" | "\"" | "'" | "''" | "’’" => glued,
            _ => false,
        };
        if !closes {
            break;
        }
        quoted |= !matches!(words, ")" | "]" | "}");
        at += 1;
    }
    (at, quoted)
}

fn ends_before(text: &str, reading: &Reading, ending: Ending, next: usize, limit: usize, quoted: bool) -> bool {
    let mut first = next;
    while first + 1 < limit && opens(text, reading, first) {
        first += 1;
    }
    let token = &reading.tokens[first];
    let words = token.span.text(text);
    let Some(c) = words.trim_start_matches(['\'', '’']).chars().next() else { return false };
    let opened = first > next;
    let begins = c.is_uppercase()
        || c.is_numeric()
        || c.is_alphabetic() && !c.is_lowercase()
        || matches!(token.kind, TokenKind::Handle | TokenKind::Address | TokenKind::Symbol)
        || c == '•';
    match ending {
        _ if !begins => opened && c.is_lowercase() && ending == Ending::Full && !quoted,
        Ending::Abbreviation if quoted || opened => c.is_uppercase(),
        Ending::Abbreviation => c.is_uppercase() && abbreviations::starts_sentence(reading.form(first)),
        Ending::Loud if quoted && !opened => !names_speaker(text, reading, next, limit),
        Ending::Loud | Ending::Full => true,
    }
}

/// Whether a token opens a quotation or a bracket before a sentence.
fn opens(text: &str, reading: &Reading, at: usize) -> bool {
    let token = &reading.tokens[at];
    let glued_to_next = reading.tokens.get(at + 1).is_some_and(|n| n.span.begin() == token.span.end());
    match token.span.text(text) {
        "“" | "‘" | "«" | "‹" | "„" | "「" | "『" | "``" | "`" | "(" | "[" | "{" => true,
        "\"" | "'" | "''" => glued_to_next,
        _ => false,
    }
}

/// Whether a name, a verb of saying and the end of the sentence follow: “Why?” Ana Ruiz asked.
fn names_speaker(text: &str, reading: &Reading, next: usize, limit: usize) -> bool {
    for at in next..limit.min(next + NAME) {
        if SAYING.binary_search(&reading.form(at)).is_ok() {
            return at > next && (at + 1 == limit || AFTER_SAYING.binary_search(&reading.form(at + 1)).is_ok());
        }
        if !reading.tokens[at].span.text(text).starts_with(char::is_uppercase) {
            return false;
        }
    }
    false
}
