//! One cue's statement: where its content may stand, and whose it is.

use crate::content::by_fixed::by_preposition;
use crate::content::by_noun::by_noun;
use crate::content::by_verb::by_verb;
use crate::content::signature::signed;
use crate::content::source::Clauses;
use crate::content::transcript::labelled;
use crate::cue::occurrence::Occurrence;
use crate::cue::{Candidate, CueKind};
use crate::text::TokenRange;

/// A statement that a cue proposes, before overlaps are decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The cue; none for a quotation that only its place attributes.
    pub cue: Option<Candidate>,
    /// Who said it.
    pub source: Option<TokenRange>,
    /// What was said, ascending, apart.
    pub content: Vec<TokenRange>,
    /// How likely it is a statement.
    pub probability: f32,
}

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

/// The proposal of a cue; none if no content is left beside its own cue and source.
pub(crate) fn found(cue: &Candidate, source: Option<TokenRange>, content: Vec<TokenRange>, probability: f32) -> Option<Proposal> {
    let mut content = cut_out(apart(content), cue.tokens);
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

/// The runs in order, those that overlap joined, empty ones dropped.
pub(crate) fn apart(mut runs: Vec<TokenRange>) -> Vec<TokenRange> {
    runs.retain(|run| !run.is_empty());
    runs.sort_unstable();
    let mut kept: Vec<TokenRange> = Vec::with_capacity(runs.len());
    for run in runs {
        match kept.last_mut() {
            Some(last) if run.begin < last.end => last.end = last.end.max(run.end),
            _ => kept.push(run),
        }
    }
    kept
}
