//! Scores predicted statements against gold attributions, by tokens.
//!
//! - token F1: tokens that both sides give to a role.
//! - exact F1: spans of a role whose first and last token agree.
//! - statement F1: one-to-one pairs whose cues meet (or the gold has none) and whose content and source overlap by half or more.
//!   "direct", "mixed" and "indirect" split it by the gold content's quotation marks, "spoken" keeps plain verbs of saying.
//! - strict F1: such pairs with all three roles the same.
//! - speaker F1: pairs whose contents overlap by half or more and whose speakers agree.

mod alignment;
mod figures;
mod names;
mod pairing;
mod rows;
mod tokens;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use alignment::{Alignment, Looks, Pair, align, matched};
pub use figures::{Figure, Prf, Roles, Scores, SpeakerScores, StatementScores};
pub use names::same_speakers;
pub use rows::{
    GoldAttribution, GoldDocument, PredictedPhrase, PredictedRole, PredictedSpeaker, Prediction, ScoreError, SpeakerNote, read_gold,
    read_predictions, read_speaker_notes,
};
pub use tokens::CharSpan;

use figures::percent;
use pairing::{Side, fits, misquoted, overlap, pair};
use tokens::{Form, Tokens};

/// Scores predicted statements against gold articles; `notes` say who speaks in some of them, and may be empty.
///
/// ```
/// use sayso_corpus::score::{GoldDocument, Prediction, score};
/// let gold: GoldDocument = serde_json::from_str(
///     r#"{"id": "a1", "text": "“No,” she said.", "attributions": [{"id": "1", "content": [[0, 5]], "source": [[6, 9]], "cue": [[10, 14]]}]}"#,
/// )?;
/// let found: Prediction = serde_json::from_str(
///     r#"{"document": "a1", "content": {"spans": [[1, 3]]}, "source": {"spans": [[6, 9]]}, "cue": {"spans": [[10, 14]]}}"#,
/// )?;
/// let scores = score(&[gold], &[found], &[])?;
/// assert_eq!(scores.strict.f1, 100.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a predicted span lies outside its text.
pub fn score(gold: &[GoldDocument], predicted: &[Prediction], notes: &[SpeakerNote]) -> Result<Scores, ScoreError> {
    let mut of_document: HashMap<&str, Vec<&Prediction>> = HashMap::new();
    for prediction in predicted {
        of_document.entry(&prediction.document).or_default().push(prediction);
    }
    let mut annotated: HashMap<&str, HashMap<&str, &SpeakerNote>> = HashMap::new();
    for note in notes {
        annotated.entry(&note.doc).or_default().insert(&note.id, note);
    }
    let known: HashSet<&str> = gold.iter().map(|document| document.id.as_str()).collect();
    let mut counts = Counts {
        documents: gold.len(),
        unknown: predicted.iter().filter(|p| !known.contains(p.document.as_str())).count(),
        ..Counts::default()
    };
    for document in gold {
        let predictions = of_document.get(document.id.as_str()).map_or(&[][..], Vec::as_slice);
        counts.add(document, predictions, annotated.get(document.id.as_str()))?;
    }
    Ok(counts.scores())
}

/// Right, predicted and gold of one figure.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    predicted: usize,
    gold: usize,
}

impl Count {
    fn prf(self) -> Prf {
        Prf::new(self.right, self.predicted, self.gold)
    }
}

/// Right among all of one accuracy.
#[derive(Clone, Copy, Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn percent(self) -> f64 {
        percent(self.right, self.all)
    }
}

/// What is counted over the corpus.
#[derive(Default)]
struct Counts {
    documents: usize,
    unknown: usize,
    mismatches: usize,
    /// By role: source, cue, content.
    token: [Count; 3],
    exact: [Count; 3],
    all: Count,
    spoken: Count,
    /// Direct, mixed, indirect.
    forms: [Count; 3],
    strict: usize,
    speaker: Count,
    speaker_share: Share,
    act: Share,
    kind: Share,
    /// Role, affiliation, addressee, topic, when, where.
    fields: [Count; 6],
}

const FORMS: [Form; 3] = [Form::Direct, Form::Mixed, Form::Indirect];

impl Counts {
    fn add(
        &mut self,
        document: &GoldDocument,
        predictions: &[&Prediction],
        notes: Option<&HashMap<&str, &SpeakerNote>>,
    ) -> Result<(), ScoreError> {
        let tokens = Tokens::new(&document.text);
        let golds: Vec<(&GoldAttribution, Side)> = Side::golds(document, &tokens).collect();
        let mut found = Vec::with_capacity(predictions.len());
        for prediction in predictions {
            found.push(Side::of(document, &tokens, prediction)?);
            self.mismatches += misquoted(&tokens, prediction);
        }
        let sides: Vec<&Side> = golds.iter().map(|(_, side)| side).collect();
        let found: Vec<&Side> = found.iter().collect();
        self.add_roles(&sides, &found);
        self.add_statements(&sides, &found);
        if let Some(notes) = notes {
            let covered: Vec<(&SpeakerNote, &Side)> =
                golds.iter().filter_map(|(gold, side)| Some((*notes.get(gold.id.as_str())?, side))).collect();
            self.add_speakers(&covered, &found, predictions);
        }
        Ok(())
    }

    fn add_roles(&mut self, golds: &[&Side], found: &[&Side]) {
        for role in 0..3 {
            let union = |sides: &[&Side]| -> BTreeSet<usize> { sides.iter().flat_map(|s| s.roles[role].iter().copied()).collect() };
            let (gold, predicted) = (union(golds), union(found));
            let count = &mut self.token[role];
            count.right += gold.intersection(&predicted).count();
            count.predicted += predicted.len();
            count.gold += gold.len();

            let edges = |sides: &[&Side]| {
                let mut edges: BTreeMap<(usize, usize), usize> = BTreeMap::new();
                for side in sides {
                    if let (Some(&first), Some(&last)) = (side.roles[role].first(), side.roles[role].last()) {
                        *edges.entry((first, last)).or_default() += 1;
                    }
                }
                edges
            };
            let (gold, predicted) = (edges(golds), edges(found));
            let count = &mut self.exact[role];
            count.right += gold.iter().map(|(edge, &n)| n.min(predicted.get(edge).copied().unwrap_or(0))).sum::<usize>();
            count.predicted += predicted.values().sum::<usize>();
            count.gold += gold.values().sum::<usize>();
        }
    }

    fn add_statements(&mut self, golds: &[&Side], found: &[&Side]) {
        let pairs = pair(golds, found, fits);
        // A prediction that has a pair counts under its gold's form, another one under its own.
        let mut seen_as: Vec<&Side> = found.to_vec();
        for &(gold, predicted) in &pairs {
            seen_as[predicted] = golds[gold];
        }
        let count = |total: &mut Count, is: &dyn Fn(&Side) -> bool| {
            total.right += pairs.iter().filter(|(gold, _)| is(golds[*gold])).count();
            total.gold += golds.iter().filter(|side| is(side)).count();
            total.predicted += seen_as.iter().filter(|side| is(side)).count();
        };
        for (total, form) in self.forms.iter_mut().zip(FORMS) {
            count(total, &|side| side.form == form);
        }
        count(&mut self.spoken, &|side| side.spoken);
        count(&mut self.all, &|_| true);
        self.strict += pairs.iter().filter(|&&(gold, predicted)| golds[gold].roles == found[predicted].roles).count();
    }

    fn add_speakers(&mut self, covered: &[(&SpeakerNote, &Side)], found: &[&Side], predictions: &[&Prediction]) {
        self.speaker.gold += covered.len();
        self.speaker.predicted += found.len();
        let golds: Vec<&Side> = covered.iter().map(|(_, side)| *side).collect();
        for (gold, predicted) in pair(&golds, found, |g, p| overlap(g.content(), p.content()) >= 0.5) {
            self.add_speaker(covered[gold].0, predictions[predicted]);
        }
    }

    fn add_speaker(&mut self, note: &SpeakerNote, prediction: &Prediction) {
        let said = prediction.speakers.as_deref().unwrap_or(&[]);
        let named: Vec<&str> = said.iter().map(|s| s.name.as_str()).collect();
        let right = names::same_speakers(&note.speakers, &named);
        self.speaker.right += usize::from(right);
        self.speaker_share.add(right);
        self.act.add(note.act == prediction.act);
        let first = said.first();
        if let Some(first) = first.filter(|_| !note.speakers.is_empty()) {
            self.kind.add(note.kind == first.kind);
        }
        if let Some(first) = first.filter(|_| right) {
            self.add_field(0, note.role.as_deref(), first.role.as_deref());
            self.add_field(1, note.affiliation.as_deref(), first.affiliation.as_deref());
        }
        let circumstances = [
            (&note.addressee, &prediction.addressee),
            (&note.topic, &prediction.topic),
            (&note.when, &prediction.when),
            (&note.place, &prediction.place),
        ];
        for (at, (want, got)) in circumstances.into_iter().enumerate() {
            self.add_field(at + 2, want.as_deref(), got.as_ref().and_then(PredictedPhrase::words));
        }
    }

    fn add_field(&mut self, field: usize, want: Option<&str>, got: Option<&str>) {
        let (want, got) = (want.filter(|w| !w.is_empty()), got.filter(|g| !g.is_empty()));
        let count = &mut self.fields[field];
        count.gold += usize::from(want.is_some());
        count.predicted += usize::from(got.is_some());
        count.right += usize::from(want.zip(got).is_some_and(|(want, got)| names::same_phrase(want, got)));
    }

    fn scores(&self) -> Scores {
        let roles = |counts: &[Count; 3]| Roles { source: counts[0].prf(), cue: counts[1].prf(), content: counts[2].prf() };
        let [direct, mixed, indirect] = self.forms.map(Count::prf);
        let [role, affiliation, addressee, topic, when, place] = self.fields.map(Count::prf);
        Scores {
            documents: self.documents,
            text_mismatches: self.mismatches,
            statements_of_unknown_documents: self.unknown,
            token: roles(&self.token),
            exact: roles(&self.exact),
            statement: StatementScores { all: self.all.prf(), spoken: self.spoken.prf(), direct, mixed, indirect },
            strict: Count { right: self.strict, ..self.all }.prf(),
            speakers: (self.speaker.gold > 0).then(|| SpeakerScores {
                speaker: self.speaker.prf(),
                speaker_accuracy: self.speaker_share.percent(),
                act_accuracy: self.act.percent(),
                kind_accuracy: self.kind.percent(),
                role,
                affiliation,
                addressee,
                topic,
                when,
                place,
            }),
        }
    }
}
