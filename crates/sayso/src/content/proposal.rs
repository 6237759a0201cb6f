//! One cue's statement: where its content may stand, and whose it is.

use crate::content::clause_edges::{Within, clause_after, clause_before, trimmed};
use crate::content::lost_mark::{opened_by_attribution, opening_cue};
use crate::content::quotation_edges::{ends_sentence, pieces, quotation_after, quotation_before, speaks};
use crate::content::signature::signed;
use crate::content::source::Clauses;
use crate::content::transcript::labelled;
use crate::content::whole_phrase::{whole_right, whole_right_with_relative};
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::cue::{Candidate, CueKind};
use crate::text::TokenRange;

/// A statement that a cue proposes, before overlaps are decided.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposal {
    /// The cue; none for a quotation that only its place attributes.
    pub(crate) cue: Option<Candidate>,
    /// Who said it.
    pub(crate) source: Option<TokenRange>,
    /// What was said, ascending, apart.
    pub(crate) content: Vec<TokenRange>,
    /// How likely it is a statement.
    pub(crate) probability: f32,
}

/// How likely a cue must be for a clause before it ("..., he said") to be its content.
const FRONTED: f32 = 0.3;
/// How likely a cue must be to take whatever follows it for its content when nothing else fits.
const FALLBACK: f32 = 0.8;

/// What a cue proposes, if it finds a content.
pub(crate) fn propose(clauses: &Clauses<'_>, word: Option<&Occurrence>, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    match (cue.kind, word) {
        (CueKind::Preposition, _) => by_preposition(&clauses.view, cue, cues),
        (CueKind::Verb, Some(word)) => by_verb(clauses, word, cue, cues),
        (CueKind::Noun, Some(word)) => by_noun(clauses, word, cue, cues),
        (CueKind::Punctuation, _) if cue.lemma == ":" => labelled(&clauses.view, cue),
        (CueKind::Punctuation, _) => signed(&clauses.view, cue),
        _ => None,
    }
}

/// "according to Ana Ruiz" at the beginning, the end or in the middle of its sentence.
fn by_preposition(view: &Article<'_>, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    let after = cue.tokens.end as usize;
    let phrase = view.phrase(after).filter(|p| p.begin as usize == after)?;
    let source = whole_right_with_relative(view, phrase);
    let (begin, end) = (cue.tokens.begin as usize, source.end as usize);
    let mut content = before_attribution(view, begin, end).unwrap_or_default();
    let goes_on = view.is_comma(end) && (content.is_empty() || (begin > 0 && view.is_comma(begin - 1)));
    if goes_on || (content.is_empty() && quotation_after(view, end).is_some()) {
        content.extend(after_attribution(view, end, cues));
    }
    found(cue, Some(source), content, cue.probability)
}

fn by_verb(clauses: &Clauses<'_>, word: &Occurrence, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    let view = &clauses.view;
    let group = word.group.as_ref()?;
    let frame = word.complement.frame;
    if fronted_participle(view, word) {
        return None;
    }
    if let Some(quotation) = view.quotes.around(word.head).filter(|q| opening_cue(view, q, cues).is_some_and(|c| c.head == cue.head)) {
        let begin = word.complement.begin as u32;
        let content = pieces(quotation).into_iter().map(|p| TokenRange::new(p.begin.max(begin), p.end)).collect();
        return found(cue, clauses.subject(group), content, cue.probability);
    }
    let subject = clauses.subject(group);
    let source = if group.passive && (view.lemma(word.head) == "ask" || matches!(frame, Frame::That | Frame::Clause | Frame::Wh)) {
        by_phrase(view, cue.tokens.end as usize)
    } else if frame == Frame::Inverted {
        clauses.inverted(group)
    } else {
        subject
    };
    if group.passive
        && view.lemma(word.head) != "ask"
        && matches!(frame, Frame::End | Frame::Preposition | Frame::Object | Frame::To | Frame::Adjective)
    {
        return passive(clauses, word, cue, subject, cues);
    }
    if IMPERSONAL.contains(&view.lemma(word.head)) && matches!(frame, Frame::To | Frame::Adjective | Frame::Object) {
        let after = clause_after(view, word.complement.begin, cues, within(view, word, subject));
        return found(cue, None, subject.into_iter().chain([after]).collect(), cue.probability);
    }
    let begin = source
        .map_or(cue.tokens.begin, |s| if s.end <= cue.tokens.begin && touches(view, s, cue) { s.begin } else { cue.tokens.begin })
        as usize;
    let end = match frame {
        Frame::Inverted => source.map_or(cue.tokens.end, |s| s.end) as usize,
        Frame::End => word.complement.begin,
        _ => cue.tokens.end as usize,
    };
    let mut content = Vec::new();
    if matches!(frame, Frame::Inverted | Frame::End | Frame::Quote) || (frame == Frame::Preposition && cue.probability > FRONTED) {
        content = said_before(view, word, begin, end, cues);
    }
    if frame == Frame::Inverted || frame == Frame::End || (frame == Frame::Preposition && !content.is_empty()) {
        if !content.is_empty() {
            let quoted = content.last().is_some_and(|c| view.quoted(c.end as usize - 1));
            content.extend(rest(view, end, quoted, cues));
        } else if let Some(quotation) = quotation_after(view, end) {
            content.extend(pieces(quotation));
        } else if view.is_comma(end) && begin > 0 && (view.is_comma(begin - 1) || view.is(begin - 1, "as")) {
            content.extend(after_attribution(view, end, cues));
        } else if view.is(end, ".") && !view.begins_paragraph(end + 1) {
            content.extend(quotation_after(view, end + 1).map(pieces).unwrap_or_default());
        }
    } else {
        let begin = if frame == Frame::Preposition { cue.tokens.end as usize } else { word.complement.begin };
        let within = within(view, word, subject);
        let after = content_after(view, frame, begin, cues, within);
        if content.is_empty() || frame == Frame::Quote {
            content.extend(after);
        }
    }
    let next = cue.tokens.end as usize;
    if content.is_empty() && cue.probability > FALLBACK && !view.is_punctuation(next) && !view.begins_paragraph(next) {
        let within = within(view, word, subject);
        content = content_after(view, frame, next, cues, within);
    }
    found(cue, source, content, cue.probability)
}

/// Verbs whose subject belongs to what is thought, by nobody who is named: "the plan seems to work".
const IMPERSONAL: &[&str] = &["seem", "appear"];

/// What was said before the attribution, where the verb's form and what follows it leave room for that.
fn said_before(view: &Article<'_>, word: &Occurrence, begin: usize, end: usize, cues: &[Candidate]) -> Vec<TokenRange> {
    let participle = view.pos(word.head) == pos::VBG && word.complement.frame != Frame::Inverted;
    if quotation_before(view, begin).is_some_and(|q| opened_by_attribution(view, q, cues)) {
        return Vec::new();
    }
    let elsewhere = word.complement.frame == Frame::Quote && quotation_before(view, begin).is_none_or(|q| ends_sentence(view, q));
    if participle || elsewhere {
        return Vec::new();
    }
    before_attribution(view, begin, end).unwrap_or_default()
}

/// Words that begin a clause which the main clause follows.
const SUBORDINATORS: &[&str] = &[
    "when", "while", "as", "if", "after", "before", "although", "though", "because", "since", "where", "once", "until", "whereas", "in",
    "by",
];

/// What kind of clause a verb stands in.
fn within(view: &Article<'_>, word: &Occurrence, source: Option<TokenRange>) -> Within {
    if source.is_some_and(|s| s.len() == 1 && matches!(view.pos(s.begin as usize), pos::WP | pos::WDT)) {
        return Within::Relative;
    }
    let sentence = view.sentence(word.head).begin as usize;
    let begin = source.map_or(word.begin, |s| (s.begin as usize).min(word.begin));
    let opener = begin.checked_sub(1).filter(|&o| o >= sentence);
    let fronted = match opener {
        None => word.begin == sentence && !word.group.is_some_and(|g| g.finite),
        Some(opener) => {
            view.any(opener, SUBORDINATORS) && (opener == sentence || view.is_comma(opener - 1) || view.pos(opener - 1) == pos::CC)
        }
    };
    if fronted { Within::Fronted } else { Within::Main }
}

/// "Asked to comment on the bridge, Ruiz said ...": the phrase says about what, it is no statement.
fn fronted_participle(view: &Article<'_>, word: &Occurrence) -> bool {
    let first = view.sentence(word.head).begin as usize;
    if !matches!(view.pos(first), pos::VBN | pos::VBG | pos::VBD) || word.head > first + TOPIC {
        return false;
    }
    let bare = word.begin == first && view.lemma(word.head) != "ask";
    let asked_to = view.lemma(first) == "ask" && view.pos(first + 1) == pos::TO && word.head <= first + 2;
    asked_to || (bare && matches!(word.complement.frame, Frame::To | Frame::Preposition | Frame::Object))
}

/// How far into its sentence a phrase that only says about what may reach, in tokens.
const TOPIC: usize = 3;

fn touches(view: &Article<'_>, source: TokenRange, cue: &Candidate) -> bool {
    let aside = view.is_comma(source.end as usize) && cue.tokens.begin > source.end && view.is_comma(cue.tokens.begin as usize - 1);
    aside || (source.end..cue.tokens.begin).all(|t| view.is_adverb(t as usize) || view.is_punctuation(t as usize))
}

/// "The bridge was closed by the mayor": what stands before the verb is the content, who stands after "by" the source.
fn passive(clauses: &Clauses<'_>, word: &Occurrence, cue: &Candidate, subject: Option<TokenRange>, cues: &[Candidate]) -> Option<Proposal> {
    let view = &clauses.view;
    let after = cue.tokens.end as usize;
    let source = by_phrase(view, after);
    let subject = subject?;
    let mut content = vec![subject];
    let from = source.map_or(after, |s| s.end as usize);
    if matches!(word.complement.frame, Frame::To)
        || (cue.tokens.end as usize > word.end && source.is_none())
        || view.pos(from) == pos::TO
        || view.any(from, &["as", "for", "of"])
    {
        content.push(clause_after(view, from, cues, Within::Main));
    }
    found(cue, source, content, cue.probability)
}

/// Who stands after "by", right after a passive verb or as the last word of its cue.
fn by_phrase(view: &Article<'_>, after: usize) -> Option<TokenRange> {
    let by = if view.is(after, "by") { Some(after) } else { after.checked_sub(1).filter(|&t| view.is(t, "by")) }?;
    view.phrase(by + 1).filter(|p| p.begin as usize == by + 1).map(|p| whole_right(view, p))
}

/// "her claim that", "criticism of": the complement is the content, the owner the source.
fn by_noun(clauses: &Clauses<'_>, word: &Occurrence, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    let view = &clauses.view;
    let frame = word.complement.frame;
    let begin = if cue.tokens.end as usize > word.end { cue.tokens.end as usize } else { word.complement.begin };
    let begin = match frame {
        Frame::That | Frame::To | Frame::Wh => word.complement.begin,
        Frame::Preposition if cue.tokens.end as usize > word.end => begin,
        _ => return None,
    };
    let source = owner(view, word).or_else(|| light_subject(clauses, word));
    let content = match frame {
        Frame::Preposition => view.phrase(begin).filter(|p| p.begin as usize == begin).map(|p| whole_right(view, p))?,
        _ => clause_after(view, begin, cues, Within::Main),
    };
    found(cue, source, vec![content], cue.probability)
}

/// "Ruiz's claim", "their belief".
fn owner(view: &Article<'_>, word: &Occurrence) -> Option<TokenRange> {
    let phrase = view.phrase(word.head)?;
    let possessive = phrase.range().rev().find(|&t| matches!(view.pos(t), pos::POS | pos::PRPS))?;
    if view.pos(possessive) == pos::PRPS {
        return Some(TokenRange::new(possessive as u32, possessive as u32 + 1));
    }
    Some(TokenRange::new(phrase.begin, possessive as u32 + 1))
}

/// "Ruiz made the claim that": the subject of the verb right before the noun phrase.
fn light_subject(clauses: &Clauses<'_>, word: &Occurrence) -> Option<TokenRange> {
    let phrase = clauses.view.phrase(word.head)?;
    let verb = phrase.begin.checked_sub(1)? as usize;
    let at = clauses.words.binary_search_by_key(&verb, |w| w.head).ok()?;
    clauses.subject(clauses.words[at].group.as_ref()?)
}

/// What stands before an attribution that begins at `edge`: a quotation, or the clause up to the comma.
///
/// `resumed` is the token after the attribution, where "the permit, he said, was late" goes on.
fn before_attribution(view: &Article<'_>, edge: usize, resumed: usize) -> Option<Vec<TokenRange>> {
    let joined = edge.checked_sub(1)?;
    if let Some(quotation) = quotation_before(view, edge) {
        let begin = quotation.tokens.begin as usize;
        let sentence = view.sentence(begin).begin as usize;
        let runs_on = begin > sentence && !view.any(begin - 1, &[",", ":", "—", "–", "--", "."]) && !view.closes(begin - 1);
        if !runs_on {
            return speaks(quotation).then(|| pieces(quotation)).or_else(|| clause_before(view, edge).map(|c| vec![c]));
        }
        let mut runs = pieces(quotation);
        runs[0] = TokenRange::new(first_word(view, sentence, begin) as u32, runs[0].end);
        return Some(runs);
    }
    if !(view.is_comma(joined) || view.is_dash(joined)) || view.quoted(joined) {
        return None;
    }
    let clause = clause_before(view, edge)?;
    let finite = |t: usize| view.pos(t) == pos::MD || matches!(view.pos(t), pos::VBD | pos::VBP | pos::VBZ);
    (clause.range().any(finite) || view.is_comma(resumed) && finite(resumed + 1)).then(|| vec![clause])
}

/// The first token of `begin..end` that is no stray punctuation.
fn first_word(view: &Article<'_>, begin: usize, end: usize) -> usize {
    (begin..end).find(|&t| !view.is_punctuation(t) || view.quoted(t)).unwrap_or(begin)
}

/// What goes on after the attribution: "“We lost,” she said, “but narrowly.”"
fn rest(view: &Article<'_>, end: usize, quoted: bool, cues: &[Candidate]) -> Vec<TokenRange> {
    let joined = view.is_comma(end) || view.is(end, ":") || view.is_dash(end) || view.is(end, ";");
    if let Some(quotation) = quotation_after(view, end) {
        return pieces(quotation);
    }
    let next = end + 1;
    let another = view.pos(next) == pos::VBG || view.pos(next) == pos::CC || matches!(view.pos(next), pos::WP | pos::WDT | pos::WRB);
    if quoted || !joined || another || view.is(next, "according") || view.begins_paragraph(next) {
        return Vec::new();
    }
    after_attribution(view, end, cues)
}

fn after_attribution(view: &Article<'_>, end: usize, cues: &[Candidate]) -> Vec<TokenRange> {
    if let Some(quotation) = quotation_after(view, end) {
        let piece = quotation.tokens.end as usize;
        if !runs_on_after(view, piece) {
            return pieces(quotation);
        }
    }
    let begin = if view.is_punctuation(end) && !view.quoted(end) { end + 1 } else { end };
    if begin >= view.len() || view.sentence(begin).begin != view.sentence(end.saturating_sub(1)).begin {
        return Vec::new();
    }
    vec![clause_after(view, begin, cues, Within::Main)]
}

/// Whether the sentence goes on with unquoted words right after a quotation that ends before `end`.
fn runs_on_after(view: &Article<'_>, end: usize) -> bool {
    end < view.len()
        && !view.begins_paragraph(end)
        && !view.is_punctuation(end)
        && view.sentence(end).begin == view.sentence(end - 1).begin
        && !view.is_stop(end - 1)
}

fn content_after(view: &Article<'_>, frame: Frame, begin: usize, cues: &[Candidate], within: Within) -> Vec<TokenRange> {
    if frame == Frame::Quote {
        if let Some(quotation) = quotation_after(view, begin) {
            if runs_on_after(view, quotation.tokens.end as usize) && !quotation_then_closed(view, quotation.tokens) {
                let first = quotation.tokens.begin as usize;
                return vec![clause_after(view, first, cues, within)];
            }
            return pieces(quotation);
        }
        let begin = if view.is_punctuation(begin) { begin + 1 } else { begin };
        if begin >= view.len() || view.begins_paragraph(begin) {
            return Vec::new();
        }
        return vec![clause_after(view, begin, cues, within)];
    }
    if begin >= view.len() {
        return Vec::new();
    }
    let clause = clause_after(view, begin, cues, within);
    if let Some(last) = (clause.end as usize).checked_sub(1)
        && let Some(quotation) = view.quotes.around(last)
        && quotation.tokens.end > clause.end
    {
        // The clause ends inside a quotation of several sentences or paragraphs: it goes on to its end.
        let mut runs: Vec<TokenRange> = pieces(quotation).into_iter().filter(|p| p.end > clause.end).collect();
        if let Some(first) = runs.first_mut() {
            first.begin = first.begin.min(clause.begin).max(clause.begin);
        }
        return runs;
    }
    let end = trimmed(view, clause.begin as usize, clause.end as usize);
    vec![TokenRange::new(clause.begin, end as u32)]
}

/// A quotation whose own last words end a sentence is whole, whatever follows it.
fn quotation_then_closed(view: &Article<'_>, quotation: TokenRange) -> bool {
    let last = quotation.end as usize - 1;
    last > 0 && view.is_mark(last) && view.is_stop(last - 1)
}

fn found(cue: &Candidate, source: Option<TokenRange>, content: Vec<TokenRange>, probability: f32) -> Option<Proposal> {
    let mut content: Vec<TokenRange> = content.into_iter().filter(|c| !c.is_empty()).collect();
    content.sort_by_key(|c| c.begin);
    content = cut_out(content, cue.tokens);
    if let Some(source) = source {
        content = cut_out(content, source);
    }
    (!content.is_empty()).then(|| Proposal { cue: Some(cue.clone()), source, content, probability })
}

/// The runs without the tokens of `hole`: a content never holds its own cue or source.
fn cut_out(runs: Vec<TokenRange>, hole: TokenRange) -> Vec<TokenRange> {
    let mut kept = Vec::with_capacity(runs.len());
    for run in runs {
        if !run.overlaps(hole) {
            kept.push(run);
            continue;
        }
        kept.extend(
            [TokenRange::new(run.begin, hole.begin.max(run.begin)), TokenRange::new(hole.end.min(run.end), run.end)]
                .into_iter()
                .filter(|r| !r.is_empty()),
        );
    }
    kept
}
