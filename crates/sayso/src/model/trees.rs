//! Boosted trees that ask the same few questions of every row: reading one takes six comparisons and no branch.
//!
//! After Friedman (2001), "Greedy function approximation: a gradient boosting machine", with the oblivious trees of Prokhorenkova et al. (2018),
//! "CatBoost: unbiased boosting with categorical features".

use super::format::{Reader, Section};
use crate::error::ModelError;

/// How many questions a tree asks.
pub const DEPTH: usize = 6;

/// What a tree asks of a row: whether a measure is above a bound.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Question {
    /// The place of the measure in the row.
    pub measure: u32,
    /// The bound.
    pub bound: f32,
}

/// One tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Its questions.
    pub questions: [Question; DEPTH],
    /// What it adds to the score: the answer to the n-th question is bit n of the place.
    pub leaves: [f32; 1 << DEPTH],
}

/// A sum of trees over rows of measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trees {
    measures: usize,
    trees: Vec<Tree>,
}

impl Tree {
    /// The place of the leaf that a row comes to.
    fn leaf(&self, row: &[f32]) -> usize {
        let answer = |(at, q): (usize, &Question)| usize::from(row[q.measure as usize] > q.bound) << at;
        self.questions.iter().enumerate().map(answer).sum()
    }
}

impl Trees {
    /// Trees over rows of so many measures.
    ///
    /// # Panics
    /// If one asks for a measure that a row has not.
    #[must_use]
    pub fn new(measures: usize, trees: Vec<Tree>) -> Trees {
        assert!(trees.iter().flat_map(|t| &t.questions).all(|q| (q.measure as usize) < measures), "a question beyond the row");
        Trees { measures, trees }
    }

    /// The score of a row.
    ///
    /// # Panics
    /// If the row has fewer measures than the trees were made for.
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        let row = &row[..self.measures];
        self.trees.iter().map(|t| t.leaves[t.leaf(row)]).sum()
    }

    /// Reads a section: the number of measures, of trees, and for each tree its questions and leaves.
    ///
    /// # Errors
    /// If it ends early, if its rows are not of `measures`, or if a question goes beyond them.
    pub fn read(section: &Section, measures: usize) -> Result<Trees, ModelError> {
        let mut reader = Reader::new(&section.bytes);
        let found = reader.number("the number of measures")? as usize;
        if found != measures {
            return Err(ModelError::Mismatch { what: "number of measures", expected: measures.to_string(), found: found.to_string() });
        }
        let count = reader.number("the number of trees")?;
        let mut trees = Vec::new();
        for _ in 0..count {
            let mut tree = Tree { questions: [Question::default(); DEPTH], leaves: [0.0; 1 << DEPTH] };
            for question in &mut tree.questions {
                let at = reader.at();
                *question = Question { measure: reader.number("a measure")?, bound: reader.real("a bound")? };
                if question.measure as usize >= measures {
                    return Err(ModelError::Damaged { at, why: format!("a question about measure {} of {measures}", question.measure) });
                }
            }
            for leaf in &mut tree.leaves {
                *leaf = reader.real("a leaf")?;
            }
            trees.push(tree);
        }
        Ok(Trees { measures, trees })
    }

    /// The bytes of a section.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = (self.measures as u32).to_le_bytes().to_vec();
        bytes.extend((self.trees.len() as u32).to_le_bytes());
        for tree in &self.trees {
            for question in &tree.questions {
                bytes.extend(question.measure.to_le_bytes());
                bytes.extend(question.bound.to_le_bytes());
            }
            tree.leaves.iter().for_each(|leaf| bytes.extend(leaf.to_le_bytes()));
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree whose n-th leaf is n, with the same bound for all its questions.
    fn counting(measures: [u32; DEPTH], bound: f32) -> Tree {
        Tree { questions: measures.map(|measure| Question { measure, bound }), leaves: std::array::from_fn(|i| i as f32) }
    }

    fn section(bytes: Vec<u8>) -> Section {
        Section { name: "rank".to_owned(), fingerprint: 0, bytes: bytes.into() }
    }

    #[test]
    fn the_answers_are_the_bits_of_the_leaf() {
        let trees = Trees::new(3, vec![counting([0, 1, 2, 0, 1, 2], 0.5), counting([1; DEPTH], 2.0)]);
        assert_eq!(trees.score(&[0.0, 1.0, 0.5]), f32::from(0b010_010_u8), "a measure at its bound is not above it");
        assert_eq!(trees.score(&[f32::INFINITY, 3.0, -1.0]), f32::from(0b011_011_u8) + 63.0);
    }

    #[test]
    fn a_section_is_read_as_it_was_written() {
        let trees = Trees::new(2, vec![counting([1, 0, 1, 0, 1, 0], -0.25), counting([0; DEPTH], 7.0)]);
        assert_eq!(Trees::read(&section(trees.write()), 2).unwrap(), trees);
    }

    #[test]
    fn a_damaged_section_is_refused_with_its_fault() {
        let bytes = Trees::new(2, vec![counting([1, 0, 1, 0, 1, 0], 0.5)]).write();
        let why = |bytes: Vec<u8>, measures| Trees::read(&section(bytes), measures).unwrap_err().to_string();
        assert!(why(bytes.clone(), 3).contains("number of measures"), "{}", why(bytes.clone(), 3));
        assert!(why(bytes[..bytes.len() - 1].to_vec(), 2).contains("a leaf"));
        let mut beyond = bytes;
        beyond[8] = 9;
        assert!(why(beyond.clone(), 2).contains("measure 9 of 2"), "{}", why(beyond, 2));
    }
}
