//! Trains the parser with a dynamic oracle (Goldberg and Nivre 2013): it also learns what to do after its own mistakes.

use sayso::model::{MoveRows, TagRows};
use sayso::tag::features::Shape;
use sayso::tag::parser::{MOVES, Move, NO_HEAD, Parser, State, parser_features};
use sayso::tag::relation::Relation;
use sayso::tag::{Pos, Tagger};

use crate::corpora::Tree;
use crate::perceptron;
use crate::random::Random;

/// A sentence made ready: shapes, predicted tags, gold heads and relations.
pub struct Example {
    shapes: Vec<Shape>,
    tags: Vec<Pos>,
    /// Counted from 0; the root is the number of words.
    heads: Vec<u32>,
    relations: Vec<Relation>,
}

/// Makes the sentences of a treebank ready, tagged by a tagger.
pub fn examples(trees: &[&Tree], tagger: &TagRows) -> Vec<Example> {
    let mut tagger = Tagger::new(tagger);
    trees
        .iter()
        .map(|tree| {
            let shapes: Vec<Shape> = tree.iter().map(|w| Shape::of(&w.form, &w.form.to_lowercase().replace('’', "'"))).collect();
            let mut tags = Vec::new();
            tagger.sentence(&shapes, &mut tags);
            let root = tree.len() as u32;
            let heads = tree.iter().map(|w| if w.head == 0 || w.head > root { root } else { w.head - 1 }).collect();
            Example { shapes, tags, heads, relations: tree.iter().map(|w| Relation::of_label(&w.relation)).collect() }
        })
        .collect()
}

/// What a move costs: how many gold arcs it makes impossible.
fn cost(example: &Example, state: &State, step: Move) -> u32 {
    let heads = &example.heads;
    let head_of = |word: u32| heads.get(word as usize).copied().unwrap_or(NO_HEAD);
    let ahead = |word: u32| word >= state.next;
    let depth = state.stack.len();
    match step {
        Move::Shift => {
            let next = state.next;
            let below = &state.stack[..depth.saturating_sub(1)];
            let lost_head = u32::from(below.contains(&head_of(next)));
            lost_head + state.stack.iter().filter(|&&w| head_of(w) == next).count() as u32
        }
        Move::Left(_) => {
            let top = state.stack[depth - 1];
            let head = head_of(top);
            let lost_head = u32::from(depth >= 2 && head == state.stack[depth - 2] || ahead(head) && head != state.next);
            lost_head + dependents_ahead(heads, top, state)
        }
        Move::Right(_) => {
            let top = state.stack[depth - 1];
            u32::from(ahead(head_of(top))) + dependents_ahead(heads, top, state)
        }
    }
}

fn dependents_ahead(heads: &[u32], word: u32, state: &State) -> u32 {
    heads[state.next as usize..].iter().filter(|&&h| h == word).count() as u32
}

/// Weights in training.
pub type Perceptron = perceptron::Perceptron<MOVES>;

impl Perceptron {
    /// One pass over the examples; from the second on the parser mostly follows its own guesses.
    pub fn pass(&mut self, examples: &[Example], random: &mut Random, explore: bool) {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let mut state = State::default();
        let mut buffer = Vec::new();
        for at in order {
            let example = &examples[at];
            state.begin(example.shapes.len());
            while !state.is_done() {
                parser_features(&example.shapes, &example.tags, &state, &mut buffer);
                let scores = self.score(&buffer);
                let guess = top(&scores, |m| state.allows(m));
                let gold = self.best_gold(example, &state, &scores);
                if !is_right(example, &state, guess, gold) {
                    self.update(&buffer, gold.number(), guess.number());
                }
                self.tick();
                let follow = explore && random.below(10) > 0;
                state.apply(if follow { guess } else { gold });
            }
        }
    }

    /// The best-scored move among those that cost least, with the gold relation where the arc is gold.
    fn best_gold(&self, example: &Example, state: &State, scores: &[f32; MOVES]) -> Move {
        let kinds = [Move::Shift, Move::Left(Relation::Other), Move::Right(Relation::Other)];
        let allowed = kinds.into_iter().filter(|&m| state.allows(m));
        let costs: Vec<(Move, u32)> = allowed.map(|m| (m, cost(example, state, m))).collect();
        let least = costs.iter().map(|c| c.1).min().unwrap_or(0);
        let labelled = costs.iter().filter(|c| c.1 == least).map(|&(m, _)| with_relation(example, state, m));
        labelled.reduce(|a, b| if scores[b.number()] > scores[a.number()] { b } else { a }).unwrap_or(Move::Shift)
    }
}

fn with_relation(example: &Example, state: &State, step: Move) -> Move {
    let relation = state.stack.last().map_or(Relation::Other, |&w| example.relations[w as usize]);
    match step {
        Move::Shift => Move::Shift,
        Move::Left(_) => Move::Left(relation),
        Move::Right(_) => Move::Right(relation),
    }
}

/// Whether the guess is as good as the best: it costs no more, and names the gold relation if it makes an arc.
fn is_right(example: &Example, state: &State, guess: Move, gold: Move) -> bool {
    guess == gold || cost(example, state, guess) <= cost(example, state, gold) && guess == with_relation(example, state, guess)
}

fn top(scores: &[f32; MOVES], allowed: impl Fn(Move) -> bool) -> Move {
    let mut best = (f32::NEG_INFINITY, Move::Shift);
    for (number, &score) in scores.iter().enumerate() {
        let step = Move::of_number(number);
        if score > best.0 && allowed(step) {
            best = (score, step);
        }
    }
    best.1
}

/// Unlabelled and labelled attachment of the parser that ships, punctuation left out: (heads right, both right, words).
pub fn attachment(weights: &MoveRows, examples: &[Example]) -> (usize, usize, usize) {
    let mut parser = Parser::new(weights);
    let (mut heads, mut both, mut words) = (0, 0, 0);
    for example in examples {
        parser.sentence(&example.shapes, &example.tags);
        for (at, &head) in example.heads.iter().enumerate() {
            if example.relations[at] == Relation::Punctuation {
                continue;
            }
            words += 1;
            if parser.state.heads[at] == head {
                heads += 1;
                both += usize::from(parser.state.relations[at] == example.relations[at]);
            }
        }
    }
    (heads, both, words)
}
