//! One token, one content: of nested attributions the outermost stays.

use crate::content::proposal::Proposal;

/// The proposals that stay when no two contents share a token and no cue stands in another's content; in the order of their content.
///
/// The likelier come first; a proposal whose content holds the cue of one that was taken before takes its place.
pub(crate) fn settle(mut proposals: Vec<Proposal>, tokens: usize) -> Vec<Proposal> {
    proposals.sort_by(|a, b| b.probability.total_cmp(&a.probability).then_with(|| begin(a).cmp(&begin(b))));
    let mut ground = Ground { content_of: vec![NOBODY; tokens], cue_of: vec![NOBODY; tokens], alive: vec![false; proposals.len()] };
    for (index, proposal) in proposals.iter().enumerate() {
        ground.try_take(index, proposal, &proposals);
    }
    let alive = ground.alive;
    let mut kept: Vec<Proposal> = proposals.into_iter().zip(alive).filter_map(|(p, alive)| alive.then_some(p)).collect();
    kept.sort_by_key(|p| (p.content.first().map_or(0, |c| c.begin), p.cue.as_ref().map_or(0, |c| c.head)));
    kept
}

/// How much likelier an inner cue must be to keep its place.
const MARGIN: f32 = 0.05;

const NOBODY: u32 = u32::MAX;

fn begin(proposal: &Proposal) -> u32 {
    proposal.cue.as_ref().map_or(0, |c| c.head)
}

struct Ground {
    content_of: Vec<u32>,
    cue_of: Vec<u32>,
    alive: Vec<bool>,
}

impl Ground {
    fn owner(&self, of: &[u32], token: usize) -> Option<usize> {
        let owner = *of.get(token)? as usize;
        self.alive.get(owner).is_some_and(|&a| a).then_some(owner)
    }

    fn try_take(&mut self, index: usize, proposal: &Proposal, proposals: &[Proposal]) {
        let head = proposal.cue.as_ref().map(|c| c.head as usize);
        if head.is_some_and(|h| self.owner(&self.content_of, h).is_some()) {
            return;
        }
        let tokens = || proposal.content.iter().flat_map(|run| run.range());
        let inner: Vec<usize> = tokens().filter_map(|t| self.owner(&self.cue_of, t)).collect();
        let overlapped =
            tokens().filter_map(|t| self.owner(&self.content_of, t)).any(|o| !inner.contains(&o) && proposals[o].cue.is_some());
        // A doubtful cue does not take a sure one's place: "the plan he says will work" is no outer statement.
        let doubtful = inner.iter().any(|&i| proposals[i].probability > proposal.probability + MARGIN);
        if overlapped || doubtful {
            return;
        }
        for lost in inner {
            self.alive[lost] = false;
        }
        self.alive[index] = true;
        for token in tokens() {
            if let Some(slot) = self.content_of.get_mut(token) {
                *slot = index as u32;
            }
        }
        if let Some(cue) = &proposal.cue {
            for token in cue.tokens.range() {
                if let Some(slot) = self.cue_of.get_mut(token) {
                    *slot = index as u32;
                }
            }
        }
    }
}
