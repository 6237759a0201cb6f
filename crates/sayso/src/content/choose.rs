//! Which of the ranked ways to cut out statements stand: no two share the words of a cue or a content.

use super::hypothesis::Hypothesis;
use super::rank::Ranking;
use crate::model::Trust;

/// A way that stands, with its probability.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The run that it belongs to.
    pub run: usize,
    /// The statement.
    pub hypothesis: Hypothesis,
    /// How likely it is right, 0 to 1.
    pub probability: f32,
}

/// What makes a statement of a cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Accept {
    /// At least this probability that the cue is one of any statement.
    Cue(f32),
    /// At least this much of the probability on ways that would count as the same statement: F1 is greatest at half of what it reaches, or
    /// below where a statement that is right in part is worth something (Lipton et al., 2014, "Optimal thresholding of classifiers to
    /// maximize F1 measure").
    Way(f32),
}

impl Accept {
    /// Whether a way stands with which `share` of the probability agrees, beside `rejected` for none.
    #[must_use]
    pub fn accepts(self, share: f32, rejected: f32) -> bool {
        match self {
            Accept::Cue(least) => 1.0 - rejected >= least,
            Accept::Way(least) => share >= least,
        }
    }
}

/// How much a way's own probability counts when one is chosen, against that of all ways which would count as the same statement, 0..1:
/// with 0 the edges of a statement would not matter.
const OWN: f32 = 0.2;

/// A way that is itself less likely than this is a last resort, and worse than none.
const LIKELY: f32 = 0.04;

/// What is added to the worth of a plain quotation, so that it keeps its words where another statement has nearly as good a claim to them.
const FIRST: f32 = 0.05;

/// What a statement must be worth to be better than none, where several stand for one or one for several.
const COST: f32 = 0.3;

/// Words that an encoder holds for part of whatever content with this probability, a token on average, are somebody's: a way that no other
/// takes them from needs less agreement, for if its cue or source is wrong, what was said is still found.
const SAID: f32 = 0.8;

/// What accepts a way whose words are said in all likelihood.
const IF_SAID: Accept = Accept::Way(0.2);

/// Chooses greedily, what the text decides first, then the way that most of the probability agrees with; it stands as `accept` says. Then a
/// way gives place to others that it keeps out where these are worth more together, and cues for which nothing stands are weighed again.
/// `said`: how likely each token is part of whatever content, as an encoder tells it; empty where none does.
///
/// Sources may be shared: on PolNeAR 5.8 % of the attributions do.
#[must_use]
pub fn choose(rankings: &[Ranking], tokens: usize, said: &[f32], accept: Accept, trust: Trust) -> Vec<Chosen> {
    let mut ways: Vec<Contender> = Vec::new();
    for (run, ranking) in rankings.iter().enumerate() {
        let first = match ranking {
            Ranking { decided: true, .. } => 1.0,
            Ranking { plain: true, .. } => FIRST,
            _ => 0.0,
        };
        for (at, (own, share)) in ranking.probabilities.iter().zip(&ranking.shares).enumerate() {
            if *own >= LIKELY && accept.accepts(*share, ranking.rejected) {
                ways.push(Contender { worth: first + worth(*own, *share), share: *share, run, at });
            }
        }
    }
    ways.sort_by(by_worth);
    let mut field = Field { rankings, taken: vec![None; tokens], done: vec![None; rankings.len()] };
    for (number, way) in ways.iter().enumerate() {
        if field.rivals(way).next().is_none() {
            field.put(way, Some(number));
        }
    }
    exchange(&ways, &mut field);
    reconsider(&mut ways, &mut field, accept, |_| true);
    reconsider(&mut ways, &mut field, IF_SAID, |way| is_said(&rankings[way.run].hypotheses[way.at], said));
    let standing = ways.iter().enumerate().filter(|&(number, way)| field.done[way.run] == Some(number));
    let mut chosen: Vec<Chosen> = standing
        .map(|(_, way)| {
            let ranking = &rankings[way.run];
            let probability = if ranking.decided { trust.decided } else { trust.of_share(way.share) };
            Chosen { run: way.run, hypothesis: ranking.hypotheses[way.at].clone(), probability }
        })
        .collect();
    chosen.sort_by_key(|c| (c.hypothesis.content[0].begin, c.run));
    chosen
}

/// What a way is worth that has this probability of its own, and this `share` with all that would count as the same statement.
fn worth(own: f32, share: f32) -> f32 {
    OWN * own + (1.0 - OWN) * share
}

/// A way that may stand.
#[derive(Debug, Clone, Copy)]
struct Contender {
    worth: f32,
    /// How much of the probability agrees with it.
    share: f32,
    run: usize,
    at: usize,
}

/// The one that is worth most first.
fn by_worth(a: &Contender, b: &Contender) -> std::cmp::Ordering {
    b.worth.total_cmp(&a.worth).then(a.run.cmp(&b.run)).then(a.at.cmp(&b.at))
}

/// Which ways stand, by their number among all.
struct Field<'a> {
    rankings: &'a [Ranking],
    /// For each token the way whose cue or content it is.
    taken: Vec<Option<usize>>,
    /// For each run its way.
    done: Vec<Option<usize>>,
}

impl<'a> Field<'a> {
    fn words(&self, way: &Contender) -> impl Iterator<Item = usize> + use<'a> {
        let hypothesis = &self.rankings[way.run].hypotheses[way.at];
        hypothesis.content.iter().chain([&hypothesis.cue]).flat_map(|r| r.range())
    }

    /// The ways that stand where this one would.
    fn rivals(&self, way: &Contender) -> impl Iterator<Item = usize> {
        self.done[way.run].into_iter().chain(self.words(way).filter_map(|token| self.taken[token]))
    }

    fn put(&mut self, way: &Contender, number: Option<usize>) {
        self.words(way).for_each(|token| self.taken[token] = number);
        self.done[way.run] = number;
    }
}

/// Lets each way that stands give place to others if these, which nothing else keeps out, are worth more together.
fn exchange(ways: &[Contender], field: &mut Field<'_>) {
    let mut kept_out: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (number, way) in ways.iter().enumerate() {
        let mut rivals = field.rivals(way);
        let Some(rival) = rivals.next().filter(|&r| r != number) else { continue };
        if rivals.all(|r| r == rival) {
            kept_out[rival].push(number);
        }
    }
    for (number, way) in ways.iter().enumerate() {
        if kept_out[number].is_empty() || field.done[way.run] != Some(number) || field.rankings[way.run].decided {
            continue;
        }
        field.put(way, None);
        let (mut instead, mut worth) = (Vec::new(), 0.0);
        for &other in &kept_out[number] {
            if field.rivals(&ways[other]).next().is_none() {
                field.put(&ways[other], Some(other));
                worth += ways[other].worth - COST;
                instead.push(other);
            }
        }
        if worth <= way.worth - COST {
            instead.iter().for_each(|&other| field.put(&ways[other], None));
            field.put(way, Some(number));
        }
    }
}

/// Weighs those ways of the cues that nothing stands for once more that `may` stand, knowing what stands for others.
fn reconsider(ways: &mut Vec<Contender>, field: &mut Field<'_>, accept: Accept, may: impl Fn(&Contender) -> bool) {
    let open = |run: &usize| field.done[*run].is_none() && !field.rankings[*run].decided;
    let free = (0..field.rankings.len()).filter(open).flat_map(|run| free_ways(field, ways, run, accept));
    let mut more: Vec<Contender> = free.filter(|way| may(way)).collect();
    more.sort_by(by_worth);
    for way in more {
        if field.rivals(&way).next().is_none() {
            field.put(&way, Some(ways.len()));
            ways.push(way);
        }
    }
}

/// Whether an encoder holds a way's content for one.
fn is_said(way: &Hypothesis, said: &[f32]) -> bool {
    let each = || way.content.iter().flat_map(|c| c.range());
    let sum: f32 = each().filter_map(|t| said.get(t)).sum();
    sum >= SAID * each().count() as f32
}

/// The ways of a run that share no words with what stands, if they are accepted: those that do are as likely as before if what stands is
/// wrong, and impossible if it is right.
fn free_ways(field: &Field<'_>, ways: &[Contender], run: usize, accept: Accept) -> Vec<Contender> {
    let ranking = &field.rankings[run];
    let way = |at| Contender { worth: 0.0, share: 0.0, run, at };
    let rivals: Vec<Vec<usize>> = (0..ranking.probabilities.len())
        .map(|at| {
            let mut rivals: Vec<usize> = field.rivals(&way(at)).collect();
            rivals.sort_unstable();
            rivals.dedup();
            rivals
        })
        .collect();
    let left = |(own, rivals): (&f32, &Vec<usize>)| rivals.iter().fold(*own, |left, &r| left * (1.0 - ways[r].share));
    let mut left: Vec<f32> = ranking.probabilities.iter().zip(&rivals).map(left).collect();
    let all: f32 = ranking.rejected + left.iter().sum::<f32>();
    if all <= 0.0 {
        return Vec::new();
    }
    left.iter_mut().for_each(|own| *own /= all);
    let shares = ranking.agreement.shares(&left);
    let accepted = |&at: &usize| rivals[at].is_empty() && left[at] >= LIKELY && accept.accepts(shares[at], ranking.rejected / all);
    (0..left.len()).filter(accepted).map(|at| Contender { worth: worth(left[at], shares[at]), share: shares[at], ..way(at) }).collect()
}
