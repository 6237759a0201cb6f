//! Syntax by a greedy transition parser: arc-hybrid, trained with a dynamic oracle (Kuhlmann et al. 2011; Goldberg and Nivre 2013).
//!
//! The root stands behind the last word. A tree is a guess that later models use as a feature, never as a decision.

use super::Pos;
use super::features::Shape;
use super::relation::{RELATIONS, Relation};
use crate::model::MoveRows;
use crate::model::hash::{Feature, fingerprint, one, three, two};

/// No head: the word is the root, or stands nowhere.
pub const NO_HEAD: u32 = u32::MAX;

/// What the parser may do; numbered 0, then left arcs by relation, then right arcs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The stack's top becomes a dependent of the next word.
    Left(Relation),
    /// The stack's top becomes a dependent of the one below it.
    Right(Relation),
}

/// How many moves there are.
pub const MOVES: usize = 1 + 2 * RELATIONS.len();

impl Move {
    /// The move of a number below [`MOVES`].
    #[must_use]
    pub fn of_number(number: usize) -> Move {
        let count = RELATIONS.len();
        match number {
            0 => Move::Shift,
            n if n <= count => Move::Left(Relation::of_number((n - 1) as u8)),
            n => Move::Right(Relation::of_number((n - 1 - count) as u8)),
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Move::Shift => 0,
            Move::Left(relation) => 1 + relation as usize,
            Move::Right(relation) => 1 + RELATIONS.len() + relation as usize,
        }
    }
}

/// A sentence half parsed. Words count from 0; the root is word number `len`.
#[derive(Debug, Default)]
pub struct State {
    /// Words whose heads are not known yet, the top last.
    pub stack: Vec<u32>,
    /// The next word.
    pub next: u32,
    /// How many words.
    pub len: u32,
    /// The head of each word, [`NO_HEAD`] while unknown.
    pub heads: Vec<u32>,
    /// The relation of each word to its head.
    pub relations: Vec<Relation>,
    /// For each word, the root included: its leftmost and rightmost dependent so far, [`NO_HEAD`] for none.
    edges: Vec<(u32, u32)>,
}

impl State {
    /// Begins a sentence of `len` words.
    pub fn begin(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.len = len as u32;
        self.heads.clear();
        self.heads.resize(len, NO_HEAD);
        self.relations.clear();
        self.relations.resize(len, Relation::Other);
        self.edges.clear();
        self.edges.resize(len + 1, (NO_HEAD, NO_HEAD));
    }

    /// Whether every word has its head.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether a move can be made.
    #[must_use]
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.len,
            // The root takes one word alone: the last on the stack.
            Move::Left(_) => !self.stack.is_empty() && (self.next < self.len || self.stack.len() == 1),
            Move::Right(_) => self.stack.len() >= 2,
        }
    }

    /// Makes a move that is allowed.
    pub fn apply(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(relation) => {
                if let Some(word) = self.stack.pop() {
                    self.attach(word, self.next, relation);
                }
            }
            Move::Right(relation) => {
                if let (Some(word), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(word, head, relation);
                }
            }
        }
    }

    fn attach(&mut self, word: u32, head: u32, relation: Relation) {
        self.heads[word as usize] = head;
        self.relations[word as usize] = if head == self.len { Relation::Root } else { relation };
        let edge = &mut self.edges[head as usize];
        if word < head && (edge.0 == NO_HEAD || word < edge.0) {
            edge.0 = word;
        }
        if word > head && (edge.1 == NO_HEAD || word > edge.1) {
            edge.1 = word;
        }
    }
}

/// What the parser knows of a word.
#[derive(Clone, Copy, Debug)]
struct Seen {
    form: u32,
    tag: u32,
}

const NOBODY: Seen = Seen { form: 3, tag: 60 };

/// Writes the features of a state into `out`.
pub fn parser_features(shapes: &[Shape], tags: &[Pos], state: &State, out: &mut Vec<Feature>) {
    let seen = |word: u32| match shapes.get(word as usize) {
        Some(shape) => Seen { form: shape.form(), tag: u32::from(tags[word as usize].0) },
        None if word == state.len => Seen { form: 4, tag: 61 },
        None => NOBODY,
    };
    let stacked = |depth: usize| state.stack.len().checked_sub(depth + 1).map(|i| state.stack[i]);
    let on = |depth: usize| stacked(depth).map_or(NOBODY, seen);
    let edges = |word: Option<u32>| word.and_then(|w| state.edges.get(w as usize)).copied().unwrap_or((NO_HEAD, NO_HEAD));
    let relation = |word: u32| state.relations.get(word as usize).map_or(20, |&r| r as u32);
    let (s0, s1, s2) = (on(0), on(1), on(2));
    let ahead = |n: u32| seen(state.next.saturating_add(n));
    let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
    let (s0l, s0r) = edges(stacked(0));
    let (s1l, s1r) = edges(stacked(1));
    let (b0l, _) = edges(Some(state.next));
    let distance = stacked(0).map_or(9, |top| (state.next - top).min(8));
    let gap = match (stacked(0), stacked(1)) {
        (Some(a), Some(b)) => (a - b).min(8),
        _ => 9,
    };
    let pair = |a: Seen, b: Seen| a.tag << 8 | b.tag;
    let tag3 = |a: Seen, b: Seen, c: Seen| a.tag << 16 | b.tag << 8 | c.tag;
    out.clear();
    out.extend_from_slice(&[
        one(1, 0),
        one(2, s0.form),
        one(3, s0.tag),
        two(4, s0.form, s0.tag),
        one(5, s1.form),
        one(6, s1.tag),
        two(7, s1.form, s1.tag),
        one(8, b0.form),
        one(9, b0.tag),
        two(10, b0.form, b0.tag),
        two(11, b1.form, b1.tag),
        one(12, b1.tag),
        one(13, b2.tag),
        two(14, s0.form, b0.form),
        two(15, s0.form, b0.tag),
        two(16, s0.tag, b0.form),
        one(17, pair(s0, b0)),
        three(18, s0.form, b0.tag, s0.tag),
        two(19, s1.form, s0.form),
        two(20, s1.form, s0.tag),
        two(21, s1.tag, s0.form),
        one(22, pair(s1, s0)),
        one(23, tag3(s0, b0, b1)),
        one(24, tag3(s1, s0, b0)),
        one(25, tag3(s2, s1, s0)),
        two(26, pair(s0, b0), seen(s0l).tag),
        two(27, pair(s0, b0), seen(s0r).tag),
        two(28, pair(s0, b0), seen(b0l).tag),
        two(29, pair(s1, s0), seen(s0l).tag),
        two(30, pair(s1, s0), seen(s1r).tag),
        two(31, pair(s1, s0), seen(s1l).tag),
        two(32, pair(s1, s0), seen(s0r).tag),
        two(33, pair(s0, b0), distance),
        two(34, pair(s1, s0), gap),
        two(35, s0.form, distance),
        two(36, b0.form, distance),
        two(37, s0.tag, relation(s0l) << 8 | relation(s0r)),
        two(38, s1.tag, relation(s1l) << 8 | relation(s1r)),
        two(39, pair(s1, s0), b0.form),
        two(40, tag3(s0, b0, b1), b2.tag),
        two(41, s1.form, b0.tag),
        two(42, s1.form, b0.form),
        two(43, tag3(s1, s0, b0), gap),
        three(44, s0.form, relation(s0l), relation(s0r)),
        two(45, tag3(s1, s0, b0), b1.tag),
    ]);
}

/// Of these feature functions and moves.
#[must_use]
pub fn parser_fingerprint() -> u32 {
    let words = ["Ruiz", "said", "Okafor", "would", "resign", "."];
    let shapes: Vec<Shape> = words.iter().map(|w| Shape::of(w, &w.to_lowercase())).collect();
    let tags: Vec<Pos> = [2, 5, 2, 10, 4, 38].map(Pos).to_vec();
    let mut state = State::default();
    state.begin(words.len());
    let (mut out, mut all) = (Vec::new(), vec![MOVES as u32]);
    for step in [Move::Shift, Move::Left(Relation::Subject), Move::Shift, Move::Shift, Move::Shift, Move::Left(Relation::Auxiliary)] {
        parser_features(&shapes, &tags, &state, &mut out);
        all.extend_from_slice(&out);
        state.apply(step);
    }
    fingerprint(all)
}

/// Parses one sentence after another, with buffers of its own.
#[derive(Debug)]
pub struct Parser<'m> {
    weights: &'m MoveRows,
    /// The sentence parsed last.
    pub state: State,
    features: Vec<Feature>,
}

impl<'m> Parser<'m> {
    /// A parser with these weights.
    #[must_use]
    pub fn new(weights: &'m MoveRows) -> Self {
        Parser { weights, state: State::default(), features: Vec::with_capacity(48) }
    }

    /// Parses a sentence; its tree is then in [`Parser::state`].
    pub fn sentence(&mut self, shapes: &[Shape], tags: &[Pos]) {
        self.state.begin(shapes.len());
        while !self.state.is_done() {
            parser_features(shapes, tags, &self.state, &mut self.features);
            let step = best(&self.weights.score(&self.features), &self.state);
            self.state.apply(step);
        }
    }
}

/// The allowed move with the highest score; the first of equals.
fn best(scores: &[i16], state: &State) -> Move {
    let count = RELATIONS.len();
    let kinds = [(Move::Shift, 0..1), (Move::Left(Relation::Other), 1..1 + count), (Move::Right(Relation::Other), 1 + count..MOVES)];
    let mut best: Option<usize> = None;
    for number in kinds.into_iter().filter(|(kind, _)| state.allows(*kind)).flat_map(|(_, numbers)| numbers) {
        if best.is_none_or(|b| scores[number] > scores[b]) {
            best = Some(number);
        }
    }
    best.map_or(Move::Left(Relation::Root), Move::of_number)
}
