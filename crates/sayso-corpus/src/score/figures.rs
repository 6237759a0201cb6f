//! The figures of a score: named, in one order, printed as text or JSON.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Precision, recall and F1 in per cent, to one decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Prf {
    /// Precision: right among predicted.
    #[serde(rename = "p")]
    pub precision: f64,
    /// Recall: right among gold.
    #[serde(rename = "r")]
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many the gold has.
    pub gold: usize,
    /// How many were predicted.
    #[serde(rename = "pred")]
    pub predicted: usize,
}

impl Prf {
    pub(super) fn new(right: usize, predicted: usize, gold: usize) -> Self {
        let share = |all: usize| if all == 0 { 0.0 } else { right as f64 / all as f64 };
        let (p, r) = (share(predicted), share(gold));
        let f1 = if p + r > 0.0 { tenths(200.0 * p * r / (p + r)) } else { 0.0 };
        Prf { precision: tenths(100.0 * p), recall: tenths(100.0 * r), f1, gold, predicted }
    }
}

/// Right among all in per cent, to one decimal; 0 where there is nothing to be right about.
pub(super) fn percent(right: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { tenths(100.0 * right as f64 / all as f64) }
}

/// Rounds to the decimal that is nearest to the exact value of the float, ties to even.
fn tenths(value: f64) -> f64 {
    format!("{value:.1}").parse().unwrap_or(value)
}

/// A figure for each role.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Roles<T> {
    /// The words that name who said it.
    pub source: T,
    /// The words that signal it.
    pub cue: T,
    /// What was said.
    pub content: T,
}

/// Statement F1, over all and by what the gold content and cue look like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StatementScores {
    /// Over all statements.
    pub all: Prf,
    /// Those with a plain verb of saying as their cue.
    pub spoken: Prf,
    /// Those whose content is all quoted.
    pub direct: Prf,
    /// Those whose content is quoted in part.
    pub mixed: Prf,
    /// Those whose content is not quoted.
    pub indirect: Prf,
}

/// How well the speakers and circumstances are found, on the articles that are annotated for them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SpeakerScores {
    /// Content found and speakers right, over all statements.
    pub speaker: Prf,
    /// Per cent of found contents whose speakers are right.
    pub speaker_accuracy: f64,
    /// Per cent of found contents whose act is right.
    pub act_accuracy: f64,
    /// Per cent of found contents with speakers on both sides whose kind is right.
    pub kind_accuracy: f64,
    /// Where the speakers are right.
    pub role: Prf,
    /// Where the speakers are right.
    pub affiliation: Prf,
    /// To whom.
    pub addressee: Prf,
    /// About what.
    pub topic: Prf,
    /// When.
    pub when: Prf,
    /// Where.
    pub place: Prf,
}

/// All figures of predicted statements against gold attributions, micro-averaged over the corpus.
///
/// `Display` prints a line a figure, `Serialize` the same as one JSON object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Gold articles.
    pub documents: usize,
    /// Predicted texts that are not what their spans cover.
    pub text_mismatches: usize,
    /// Predicted statements of articles that the gold does not have.
    pub statements_of_unknown_documents: usize,
    /// Tokens that both sides give to a role.
    pub token: Roles<Prf>,
    /// Spans of a role whose first and last token agree.
    pub exact: Roles<Prf>,
    /// Pairs whose cue meets and whose content and source overlap by half.
    pub statement: StatementScores,
    /// The same pairs with all three roles exact.
    pub strict: Prf,
    /// None where no article is annotated for speakers.
    pub speakers: Option<SpeakerScores>,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// A plain count.
    Count(usize),
    /// Per cent, to one decimal.
    Percent(f64),
    /// Precision, recall and F1.
    Prf(Prf),
}

impl Scores {
    /// The figures with their names, in the order in which they are printed.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, Figure)> {
        use Figure::{Count, Percent, Prf as P};
        let Scores { token, exact, statement, .. } = self;
        let mut figures = vec![
            ("documents", Count(self.documents)),
            ("text mismatches", Count(self.text_mismatches)),
            ("statements of unknown documents", Count(self.statements_of_unknown_documents)),
            ("token source", P(token.source)),
            ("exact source", P(exact.source)),
            ("token cue", P(token.cue)),
            ("exact cue", P(exact.cue)),
            ("token content", P(token.content)),
            ("exact content", P(exact.content)),
            ("statement all", P(statement.all)),
            ("statement spoken", P(statement.spoken)),
            ("statement direct", P(statement.direct)),
            ("statement mixed", P(statement.mixed)),
            ("statement indirect", P(statement.indirect)),
            ("strict all", P(self.strict)),
        ];
        if let Some(speakers) = &self.speakers {
            figures.extend([
                ("speaker", P(speakers.speaker)),
                ("speaker accuracy", Percent(speakers.speaker_accuracy)),
                ("act accuracy", Percent(speakers.act_accuracy)),
                ("kind accuracy", Percent(speakers.kind_accuracy)),
                ("field role", P(speakers.role)),
                ("field affiliation", P(speakers.affiliation)),
                ("field addressee", P(speakers.addressee)),
                ("field topic", P(speakers.topic)),
                ("field when", P(speakers.when)),
                ("field where", P(speakers.place)),
            ]);
        }
        figures
    }

    /// The figures as one JSON object, indented by one blank a level.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = Vec::new();
        let layout = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut writer = serde_json::Serializer::with_formatter(&mut json, layout);
        self.serialize(&mut writer).expect("names and numbers");
        String::from_utf8(json).expect("JSON is UTF-8")
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Count(count) => write!(out, "{count}"),
            Figure::Percent(percent) => write!(out, "{percent:.1}"),
            Figure::Prf(Prf { precision, recall, f1, gold, predicted }) => {
                write!(out, "P {precision:5.1}  R {recall:5.1}  F1 {f1:5.1}   gold {gold}, predicted {predicted}")
            }
        }
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.figures().iter().try_for_each(|(name, figure)| writeln!(out, "{name:32} {figure}"))
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let figures = self.figures();
        let mut map = serializer.serialize_map(Some(figures.len()))?;
        for (name, figure) in &figures {
            map.serialize_entry(name, figure)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_rounded_to_even() {
        assert_eq!(tenths(6.25), 6.2);
        assert_eq!(tenths(18.75), 18.8);
        assert_eq!(tenths(0.35), 0.3, "the float lies below the decimal");
        assert_eq!(percent(1, 0), 0.0);
    }

    #[test]
    fn nothing_right_is_zero_and_no_division() {
        assert_eq!(Prf::new(0, 0, 3), Prf { gold: 3, ..Prf::default() });
        assert_eq!(Prf::new(0, 0, 0), Prf::default());
    }
}
