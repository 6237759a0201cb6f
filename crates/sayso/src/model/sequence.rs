//! A learned sequence labeller: hashed rows for the tokens' features, and transitions.

use super::chain::{Exponentials, Scores, Transitions};
use super::dense::{DenseRows, WIDTH};
use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// The weights of a linear-chain labeller.
#[derive(Debug, Clone)]
pub struct Sequence {
    rows: DenseRows,
    /// Scores of one label after another.
    pub transitions: Transitions,
    /// The same out of the logarithm.
    pub exponentials: Exponentials,
    /// How much each label's score takes of each label's evidence, `[to][from]`; none in a model that was trained without any.
    pub mix: Option<[Scores; WIDTH]>,
}

impl Sequence {
    /// The scores of a token with these features, one a label.
    #[must_use]
    pub fn score(&self, features: &[Feature]) -> Scores {
        self.rows.score(features)
    }

    /// Adds evidence, a logarithm a label, to a token's scores.
    pub fn weigh(&self, evidence: &Scores, scores: &mut Scores) {
        if let Some(mix) = &self.mix {
            add_evidence(mix, evidence, scores);
        }
    }

    /// Reads a section: the rows, the number of classes, the transitions, and, where there is one, the mix of evidence.
    ///
    /// # Errors
    /// If it ends early or names an impossible size.
    pub fn read(section: &Section) -> Result<Sequence, ModelError> {
        let (rows, at) = DenseRows::read(section, 0)?;
        let mut reader = Reader::new(&section.bytes[at..]);
        let classes = reader.number("the number of classes")?;
        if classes > 64 {
            return Err(ModelError::Damaged { at, why: format!("{classes} transition classes") });
        }
        let mut by_class = vec![[[0.0; WIDTH]; WIDTH]; classes as usize];
        for cell in by_class.iter_mut().flatten().flatten() {
            *cell = reader.real("a transition")?;
        }
        let transitions = Transitions { by_class };
        let mut mix = None;
        if at + reader.at() < section.bytes.len() {
            let mut shares = [[0.0; WIDTH]; WIDTH];
            for share in shares.iter_mut().flatten() {
                *share = reader.real("a share of evidence")?;
            }
            mix = Some(shares);
        }
        Ok(Sequence { rows, exponentials: Exponentials::of_all(&transitions), transitions, mix })
    }

    /// The bytes of a section.
    #[must_use]
    pub fn write(rows: &[[f32; WIDTH]], bits: u32, transitions: &Transitions, mix: Option<&[Scores; WIDTH]>) -> Vec<u8> {
        let mut bytes = DenseRows::quantise(rows, bits);
        bytes.extend_from_slice(&(transitions.by_class.len() as u32).to_le_bytes());
        let cells = transitions.by_class.iter().flatten().flatten();
        for cell in cells.chain(mix.into_iter().flatten().flatten()) {
            bytes.extend_from_slice(&cell.to_bits().to_le_bytes());
        }
        bytes
    }
}

/// Adds to each label's score its shares of all labels' evidence, `[to][from]`: in training as in prediction.
pub fn add_evidence(mix: &[Scores; WIDTH], evidence: &Scores, scores: &mut Scores) {
    for (score, shares) in scores.iter_mut().zip(mix) {
        *score += shares.iter().zip(evidence).map(|(s, e)| s * e).sum::<f32>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mix: Option<&[Scores; WIDTH]>) -> Sequence {
        let transitions = Transitions { by_class: vec![[[0.5; WIDTH]; WIDTH]; 2] };
        let bytes = Sequence::write(&[[1.0; WIDTH]; 2], 1, &transitions, mix);
        Sequence::read(&Section { name: "content".to_owned(), fingerprint: 0, bytes: bytes.into() }).unwrap()
    }

    #[test]
    fn evidence_is_weighed_as_it_was_learned() {
        let mut mix = [[0.0; WIDTH]; WIDTH];
        (mix[0][0], mix[2][1], mix[2][2]) = (1.0, -0.5, 2.0);
        let mut scores = [1.0; WIDTH];
        read(Some(&mix)).weigh(&[3.0, 4.0, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0], &mut scores);
        assert_eq!(scores, [4.0, 1.0, 9.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_model_that_learned_without_evidence_has_no_use_for_it() {
        let mut scores = [1.0; WIDTH];
        read(None).weigh(&[3.0; WIDTH], &mut scores);
        assert_eq!(scores, [1.0; WIDTH]);
    }
}
