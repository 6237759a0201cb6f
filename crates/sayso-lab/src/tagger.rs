//! Trains the tagger: an averaged perceptron over hashed rows (Collins 2002; averaging after Daumé).

use sayso::tag::features::{Shape, features};
use sayso::tag::{BEGIN, Pos, TAGS, shouting};

use crate::corpora::Tree;
use crate::perceptron;
use crate::random::Random;

const LABELS: usize = TAGS.len();

/// A sentence made ready: shapes and gold tags.
pub struct Example {
    shapes: Vec<Shape>,
    gold: Vec<u8>,
}

/// Makes the sentences of a treebank ready; words of unknown tags count as XX.
pub fn examples(trees: &[&Tree]) -> Vec<Example> {
    trees
        .iter()
        .map(|tree| Example {
            shapes: tree.iter().map(|w| Shape::of(&w.form, &w.form.to_lowercase().replace('’', "'"))).collect(),
            gold: tree.iter().map(|w| tag_of(&w.tag)).collect(),
        })
        .collect()
}

fn tag_of(name: &str) -> u8 {
    Pos::named(name).or_else(|| Pos::named("XX")).map_or(0, |p| p.0)
}

/// Weights in training.
pub type Perceptron = perceptron::Perceptron<LABELS>;

impl Perceptron {
    /// One pass over the examples; gives the share of words tagged right on the way.
    pub fn pass(&mut self, examples: &[Example], random: &mut Random) -> f32 {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let (mut right, mut words) = (0, 0);
        let mut buffer = Vec::new();
        for at in order {
            let example = &examples[at];
            let mut previous = BEGIN;
            let shout = shouting(&example.shapes);
            for (i, &gold) in example.gold.iter().enumerate() {
                features(&example.shapes, i, previous, shout, &mut buffer);
                let guess = best(&self.score(&buffer));
                words += 1;
                right += usize::from(guess == gold);
                if guess != gold {
                    self.update(&buffer, gold as usize, guess as usize);
                }
                self.tick();
                previous = [previous[1], guess];
            }
        }
        right as f32 / words.max(1) as f32
    }
}

fn best(scores: &[f32; LABELS]) -> u8 {
    let mut best = 0;
    for (label, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = label;
        }
    }
    best as u8
}

/// Tags right and tags in all, with the tagger that ships.
pub fn accuracy(weights: &sayso::model::TagRows, examples: &[Example]) -> (usize, usize) {
    let mut tagger = sayso::tag::Tagger::new(weights);
    let mut tags = Vec::new();
    let (mut right, mut all) = (0, 0);
    for example in examples {
        tags.clear();
        tagger.sentence(&example.shapes, &mut tags);
        right += tags.iter().zip(&example.gold).filter(|(p, g)| p.0 == **g).count();
        all += example.gold.len();
    }
    (right, all)
}
