//! What the ways of all likely cues of an article claim: a cue that stands in what another is likely to report makes no statement of its own.

use super::hypothesis::{Hypothesis, Ways};
use crate::text::TokenRange;

/// Claims of probability, in 1024ths: sums of whole numbers do not depend on their order.
#[derive(Debug, Default)]
pub struct Claims {
    /// For each token how much of all ways' probability takes it into a content.
    contents: Vec<u32>,
    /// The sum of `contents` before each token; one more than there are tokens.
    before: Vec<u64>,
    /// How much of probability lies on any way of the cues whose main token stands before each token; one more than there are tokens.
    cues: Vec<u64>,
}

/// What 1 is.
const WHOLE: f32 = 1024.0;

fn claim(way: &Hypothesis) -> u32 {
    (way.log_probability.exp() * WHOLE).round() as u32
}

fn all(ways: &Ways) -> u32 {
    ways.found.iter().map(claim).sum()
}

impl Claims {
    /// The claims of all ways in an article of so many tokens; `runs` have the main token of each cue.
    #[must_use]
    pub fn of(ways: &[Ways], runs: &[(TokenRange, u32)], tokens: usize) -> Claims {
        let mut steps = vec![0_u32; tokens + 1];
        let mut totals = vec![0_u64; tokens + 1];
        for (ways, &(_, head)) in ways.iter().zip(runs) {
            totals[head as usize + 1] += u64::from(all(ways));
            for way in &ways.found {
                for run in &way.content {
                    steps[run.begin as usize] = steps[run.begin as usize].wrapping_add(claim(way));
                    steps[run.end as usize] = steps[run.end as usize].wrapping_sub(claim(way));
                }
            }
        }
        let running = |sum: &mut u32, step: &u32| {
            *sum = sum.wrapping_add(*step);
            Some(*sum)
        };
        let contents: Vec<u32> = steps[..tokens].iter().scan(0, running).collect();
        let up_to = |sum: &mut u64, more: u64| {
            *sum += more;
            Some(*sum)
        };
        let before = std::iter::once(0).chain(contents.iter().map(|&c| u64::from(c)).scan(0, up_to)).collect();
        let cues = totals.into_iter().scan(0, up_to).collect();
        Claims { contents, before, cues }
    }

    /// How much the others claim of a cue: the most of any of its tokens.
    #[must_use]
    pub fn on_run(&self, run: TokenRange, own: &Ways) -> f32 {
        let others = |token: u32| {
            let mine: u32 = own.found.iter().filter(|w| w.content.iter().any(|c| c.has(token))).map(claim).sum();
            self.contents[token as usize].saturating_sub(mine)
        };
        (run.begin..run.end).map(others).max().unwrap_or(0) as f32 / WHOLE
    }

    /// How much the others claim of a way's cue, of each token of its content, and how many other cues stand in it.
    #[must_use]
    pub fn on_way(&self, way: &Hypothesis, head: u32, own: &Ways) -> [f32; 3] {
        let (mut claimed, mut words, mut cues) = (0, 0, 0);
        for run in &way.content {
            let (begin, end) = (run.begin as usize, run.end as usize);
            claimed += self.before[end] - self.before[begin];
            cues += self.cues[end] - self.cues[begin];
            words += run.len();
            if run.has(head) {
                cues -= u64::from(all(own));
            }
        }
        let mine: u64 = own.found.iter().map(|w| u64::from(claim(w)) * common(&w.content, &way.content)).sum();
        let each = claimed.saturating_sub(mine) as f32 / (words.max(1) as f32 * WHOLE);
        [self.on_run(way.cue, own), each, cues as f32 / WHOLE]
    }
}

/// How many tokens two lists of runs, each ascending and apart, share.
fn common(a: &[TokenRange], b: &[TokenRange]) -> u64 {
    let both = |x: &TokenRange, y: &TokenRange| u64::from(x.end.min(y.end).saturating_sub(x.begin.max(y.begin)));
    a.iter().map(|x| b.iter().map(|y| both(x, y)).sum::<u64>()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::consensus::Agreement;

    fn ways(found: &[(f32, u32, u32, u32)]) -> Ways {
        let run = TokenRange::new;
        let way = |&(share, cue, begin, end): &(f32, u32, u32, u32)| Hypothesis {
            content: vec![run(begin, end)],
            source: None,
            cue: run(cue, cue + 1),
            log_probability: share.ln(),
        };
        Ways { found: found.iter().map(way).collect(), nothing: -9.0, agreement: Agreement::default() }
    }

    #[test]
    fn a_cue_within_the_content_of_another_is_claimed_by_it_and_by_none_else() {
        // "He(0) said(1) she(2) thought(3) so(4)."
        let said = ways(&[(0.75, 1, 2, 5), (0.25, 1, 2, 4)]);
        let thought = ways(&[(0.5, 3, 4, 5)]);
        let runs = [(TokenRange::new(1, 2), 1), (TokenRange::new(3, 4), 3)];
        let all = [said, thought];
        let claims = Claims::of(&all, &runs, 6);
        assert_eq!(claims.on_run(runs[1].0, &all[1]), 1.0, "both ways of \"said\" take it");
        assert_eq!(claims.on_run(runs[0].0, &all[0]), 0.0);
        assert_eq!(claims.on_way(&all[1].found[0], 3, &all[1]), [1.0, 0.75, 0.0], "\"so\" is in the longer way alone");
        assert_eq!(
            claims.on_way(&all[0].found[0], 1, &all[0]),
            [0.0, 0.5 / 3.0, 0.5].map(|x: f32| (x * 3.0 * WHOLE).round() / (3.0 * WHOLE))
        );
    }
}
