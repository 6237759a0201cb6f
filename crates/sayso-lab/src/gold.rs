//! Gold attributions over an article's own tokens.

use sayso::text::{Reading, TokenRange};

use crate::corpora::{Article, Gold};

/// An attribution as runs of tokens.
#[derive(Debug, Clone, Default)]
pub struct Attribution {
    /// The words that name who said it.
    pub source: Vec<TokenRange>,
    /// The words that signal it.
    pub cue: Vec<TokenRange>,
    /// What was said.
    pub content: Vec<TokenRange>,
}

/// The attributions of an article; spans in code points become runs of tokens.
pub fn attributions(article: &Article, reading: &Reading) -> Vec<Attribution> {
    let bytes: Vec<u32> = article.text.char_indices().map(|(i, _)| i as u32).chain([article.text.len() as u32]).collect();
    let runs = |spans: &[(u32, u32)]| tokens(spans, &bytes, reading);
    article
        .attributions
        .iter()
        .map(|g: &Gold| Attribution { source: runs(&g.source), cue: runs(&g.cue), content: runs(&g.content) })
        .collect()
}

/// Runs of tokens that the spans touch, joined where nothing but white space or punctuation-free gaps lie between.
fn tokens(spans: &[(u32, u32)], bytes: &[u32], reading: &Reading) -> Vec<TokenRange> {
    let mut runs: Vec<TokenRange> = Vec::new();
    for &(begin, end) in spans {
        let (begin, end) = (bytes[begin as usize], bytes[end as usize]);
        let first = reading.tokens.partition_point(|t| t.span.end() <= begin) as u32;
        let last = reading.tokens.partition_point(|t| t.span.begin() < end) as u32;
        if first >= last {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end >= first => run.end = run.end.max(last),
            _ => runs.push(TokenRange::new(first, last)),
        }
    }
    runs
}

/// Writes the labels of a role into `labels`, whose first entry is for token `offset`.
pub fn paint(runs: &[TokenRange], role: u8, offset: u32, labels: &mut [u8]) {
    for run in runs {
        for at in run.begin..run.end {
            if let Some(label) = at.checked_sub(offset).and_then(|i| labels.get_mut(i as usize)) {
                *label = if at == run.begin { role } else { role + 1 };
            }
        }
    }
}
