//! Pairs quotation marks, paragraph by paragraph, and puts lost ones where the text suggests them.
//!
//! A quotation goes on in the next paragraph only where that opens with a mark of the same style, so that one lost mark never swallows more
//! than its paragraph.

use super::Edge;
use super::lost::Lost;
use super::marks::{self, Mark, Role, Style};
use super::saying;
use crate::text::{Reading, TokenRange, is_capitals};

/// How many quotations may stand inside one another; what opens deeper is read as text.
const DEEPEST: usize = 16;

/// The longest name of a speaker in a transcript, in tokens, the colon included.
const LONGEST_LABEL: usize = 7;

/// A quotation whose place is known.
#[derive(Clone, Debug)]
pub(super) struct Paired {
    pub(super) pieces: Vec<TokenRange>,
    pub(super) opened: Edge,
    pub(super) closed: Edge,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    token: u32,
    style: Style,
}

/// All quotations of a text, in no order.
pub(super) fn pair(text: &str, reading: &Reading) -> Vec<Paired> {
    let mut pairing =
        Pairing { text, reading, open: Vec::new(), earlier: Vec::new(), paragraph: TokenRange::new(0, 0), free: 0, done: Vec::new() };
    let mut marks = Vec::new();
    for (index, paragraph) in reading.paragraphs.iter().enumerate() {
        marks::read(text, reading, paragraph.tokens, &mut marks);
        pairing.begin(index);
        for at in 0..marks.len() {
            pairing.mark(&marks, at);
        }
        pairing.end(index);
    }
    pairing.done
}

struct Pairing<'a> {
    text: &'a str,
    reading: &'a Reading,
    /// What is open in this paragraph, the outermost first.
    open: Vec<Open>,
    /// The pieces that the outermost one has in the paragraphs before.
    earlier: Vec<TokenRange>,
    paragraph: TokenRange,
    /// The first token of the paragraph that no quotation holds yet.
    free: u32,
    done: Vec<Paired>,
}

impl Pairing<'_> {
    fn begin(&mut self, index: usize) {
        let paragraph = &self.reading.paragraphs[index];
        self.paragraph = paragraph.tokens;
        self.open.clear();
        let first = self.reading.sentences[paragraph.sentences.0 as usize];
        let dateline = self.reading.dateline.is_some_and(|d| first.span.contains(d));
        self.free = if dateline { first.tokens.end.min(self.paragraph.end) } else { self.paragraph.begin };
    }

    fn mark(&mut self, marks: &[Mark], at: usize) {
        let mark = marks[at];
        let open = self.open.iter().rposition(|o| o.style == mark.style);
        match (mark.role, open) {
            (Role::Opens | Role::Either, None) => self.push(mark),
            (Role::Opens, Some(level)) => self.opens_again(marks, at, level),
            (Role::Closes | Role::Either, Some(level)) => self.close(level, mark.token + 1, Edge::Marked),
            (Role::Closes, None) if self.turned(marks, at) => self.push(mark),
            (Role::Closes, None) => self.unopened(mark),
        }
    }

    fn push(&mut self, mark: Mark) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { token: mark.token, style: mark.style });
        }
    }

    /// A mark that opens although one of its style is open: a closing one of the wrong shape, one inside the other, or the first was never closed.
    fn opens_again(&mut self, marks: &[Mark], at: usize, level: usize) {
        let mark = marks[at];
        let mut later = marks[at + 1..].iter().filter(|m| m.style == mark.style).map(|m| m.role);
        let (next, after) = (later.next(), later.next());
        let low = self.reading.tokens[self.open[level].token as usize].span.text(self.text);
        let twice = next == Some(Role::Closes) && after == Some(Role::Closes);
        if self.doubles(self.open[level].token, mark.token) && !twice {
            return;
        }
        let closes_low = matches!(low, "„" | "‚") && matches!(self.reading.form(mark.token as usize), "“" | "‘");
        if closes_low || mark.looks == Role::Closes || next.is_none() {
            self.close(level, mark.token + 1, Edge::Marked);
        } else if level + 1 < self.open.len() || twice {
            self.push(mark);
        } else {
            self.unclosed(level, mark.token);
            self.push(mark);
        }
    }

    /// Whether a closing mark stands where one opens, and another closes behind it: ”We lost,” she said.
    fn turned(&self, marks: &[Mark], at: usize) -> bool {
        let mark = marks[at];
        let token = mark.token as usize;
        (mark.looks == Role::Opens || token == self.paragraph.begin as usize || self.introduced(token) || self.parts_clauses(token))
            && mark.style == Style::Double
            && marks[at + 1..].iter().find(|m| m.style == mark.style).is_some_and(|m| m.role == Role::Closes)
    }

    /// Whether "says," or "says:" stands before a mark.
    fn introduced(&self, mark: usize) -> bool {
        let begin = self.paragraph.begin as usize;
        mark >= begin + 2 && matches!(self.reading.form(mark - 1), "," | ":") && saying::is_verb(self.reading, mark - 2)
    }

    /// Whether a mark stands behind a comma, and neither a clause of saying nor a sentence follows: she said,” for example the crews”.
    fn parts_clauses(&self, mark: usize) -> bool {
        let end = self.paragraph.end as usize;
        let next = self.reading.form(mark + 1);
        mark > self.paragraph.begin as usize
            && self.reading.form(mark - 1) == ","
            && mark + 1 < end
            && !matches!(next, "and" | "but" | "as" | "who" | "which" | "according")
            && (mark + 1..end.min(mark + 20))
                .take_while(|t| !matches!(self.reading.form(*t), "." | "?" | "!"))
                .all(|t| !saying::is_verb(self.reading, t))
    }

    /// Ends the quotation at `level`; what is still open inside it was none.
    fn close(&mut self, level: usize, end: u32, closed: Edge) {
        let begin = self.open[level].token;
        self.open.truncate(level);
        let mut pieces = if level == 0 { std::mem::take(&mut self.earlier) } else { Vec::new() };
        if begin + 1 >= end && pieces.is_empty() {
            return;
        }
        pieces.push(TokenRange::new(begin, end));
        if level == 0 {
            self.free = self.free.max(end);
        }
        self.done.push(Paired { pieces, opened: Edge::Marked, closed });
    }

    /// Ends a quotation whose closing mark is lost: before the clause that says who speaks, or with the last sentence before `limit`; a mark
    /// in the middle of a sentence, where nothing leads to speech, opens none.
    fn unclosed(&mut self, level: usize, limit: u32) {
        let Open { token, style } = self.open[level];
        let lost = self.lost();
        let comma = lost.comma_before_clause(token as usize, limit as usize);
        if self.earlier.is_empty() && (style == Style::Single || comma.is_none() && !self.leads(token as usize)) {
            self.open.truncate(level);
            return;
        }
        let end = match comma {
            Some(comma) => comma as u32 + 1,
            None if limit == self.paragraph.end => {
                let end = self.before_credit(limit);
                lost.before_narration(token as usize, end as usize) as u32
            }
            None => {
                let sentence = self.reading.tokens[limit as usize].sentence as usize;
                let begin = self.reading.sentences[sentence].tokens.begin;
                if begin > token + 1 { begin } else { limit }
            }
        };
        self.close(level, end.max(token + 1), Edge::Recovered);
    }

    fn lost(&self) -> Lost<'_> {
        Lost { text: self.text, reading: self.reading }
    }

    /// Whether two marks stand side by side and are the same.
    fn doubles(&self, first: u32, second: u32) -> bool {
        let span = |token: u32| self.reading.tokens[token as usize].span;
        let words = |token: u32| span(token).text(self.text);
        first + 1 == second && span(first).end() == span(second).begin() && words(first) == words(second)
    }

    /// The end of a paragraph without the credit that stands there.
    fn before_credit(&self, end: u32) -> u32 {
        let last = self.reading.tokens[end as usize - 1];
        let sentence = self.reading.sentences[last.sentence as usize];
        let credit = self.reading.credit.is_some_and(|c| sentence.span.contains(c)) && sentence.tokens.begin > self.paragraph.begin;
        if credit { sentence.tokens.begin } else { end }
    }

    /// A closing mark without an opening one.
    fn unopened(&mut self, mark: Mark) {
        let at = mark.token as usize;
        if self.absorbed(mark) {
            return;
        }
        let foreign = self.open.iter().any(|o| o.style != Style::Single);
        if foreign || mark.token <= self.free {
            return;
        }
        let single = mark.style == Style::Single;
        let Some(begin) = self.lost().beginning(self.paragraph, self.free as usize, at, single) else {
            let next = self.reading.tokens.get(at + 1);
            // Sentences that are no speech for this mark are none for a later one.
            if next.is_none_or(|n| n.sentence != self.reading.tokens[at].sentence) {
                self.free = mark.token + 1;
            }
            return;
        };
        self.open.retain(|o| (o.token as usize) < begin);
        let pieces = vec![TokenRange::new(begin as u32, mark.token + 1)];
        self.free = mark.token + 1;
        self.done.push(Paired { pieces, opened: Edge::Recovered, closed: Edge::Marked });
    }

    /// Takes a mark that doubles the one before it into the quotation that that one closed.
    fn absorbed(&mut self, mark: Mark) -> bool {
        let Some(before) = mark.token.checked_sub(1).filter(|b| self.doubles(*b, mark.token)) else { return false };
        let Some(piece) = self.done.last_mut().and_then(|d| d.pieces.last_mut()).filter(|p| p.end == before + 1) else { return false };
        piece.end += 1;
        self.free = self.free.max(piece.end);
        true
    }

    /// Ends the paragraph: what is open goes on in the next, or lost its closing mark.
    fn end(&mut self, index: usize) {
        let Some(&outer) = self.open.first() else {
            self.forget();
            return;
        };
        let end = self.paragraph.end;
        if self.goes_on(index, outer) {
            self.open.clear();
            self.earlier.push(TokenRange::new(outer.token, end));
            return;
        }
        self.unclosed(0, end);
        self.forget();
    }

    /// A quotation that the last paragraph left open, and that this one did not take up.
    fn forget(&mut self) {
        if !self.earlier.is_empty() {
            let pieces = std::mem::take(&mut self.earlier);
            self.done.push(Paired { pieces, opened: Edge::Marked, closed: Edge::Recovered });
        }
    }

    /// Whether a mark stands where speech begins: with a sentence, behind a comma, a colon, a dash or a verb of saying.
    fn leads(&self, mark: usize) -> bool {
        let sentence = self.reading.tokens[mark].sentence as usize;
        if self.reading.sentences[sentence].tokens.begin as usize == mark || !self.earlier.is_empty() {
            return true;
        }
        let before = mark - 1;
        matches!(self.reading.form(before), "," | ":" | "—" | "–" | "--" | "-" | "that" | "..." | "…")
            || saying::is_verb(self.reading, before)
    }

    /// Whether a paragraph, behind its mark, opens with a speaker in capitals: “RUIZ: Thank you.
    fn is_turn(&self, paragraph: TokenRange) -> bool {
        let mut tokens = paragraph.range().skip(1).take(LONGEST_LABEL);
        let label = |t: &usize| is_capitals(self.reading.tokens[*t].span.text(self.text)) || self.reading.form(*t) == ".";
        tokens.find(|t| !label(t)).is_some_and(|t| t > paragraph.begin as usize + 1 && self.reading.form(t) == ":")
    }

    /// Whether the next paragraph opens with the same mark, and no other speaker takes over, this one's began speech, and this one does not end with a clause that says who speaks.
    fn goes_on(&self, index: usize, outer: Open) -> bool {
        let Some(next) = self.reading.paragraphs.get(index + 1) else { return false };
        let mut marks = Vec::new();
        let first = TokenRange::new(next.tokens.begin, next.tokens.begin + 1);
        marks::read(self.text, self.reading, first, &mut marks);
        let same = marks.first().is_some_and(|m| m.style == outer.style && m.role != Role::Closes);
        let last = self.reading.tokens[self.paragraph.end as usize - 1].sentence as usize;
        let sentence = self.reading.sentences[last].tokens;
        let begin = sentence.begin.max(outer.token) as usize;
        same && !self.is_turn(next.tokens)
            && self.leads(outer.token as usize)
            && self.lost().comma_before_clause(begin, sentence.end as usize).is_none()
    }
}
