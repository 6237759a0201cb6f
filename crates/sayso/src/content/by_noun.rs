//! What a noun proposes: "her claim that the bridge is safe".

use crate::content::clause_edges::{Within, clause_after};
use crate::content::proposal::{Proposal, found};
use crate::content::source::Clauses;
use crate::content::whole_phrase::whole_right;
use crate::cue::Candidate;
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::text::TokenRange;

/// "her claim that", "criticism of": the complement is the content, the owner the source.
pub(crate) fn by_noun(clauses: &Clauses<'_>, word: &Occurrence, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
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
