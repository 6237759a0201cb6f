//! The main word of a cue: what misses are counted by.

use sayso::model::Model;
use sayso::tag::Tags;
use sayso::text::Reading;
use sayso::{Span, tag, text};
use sayso_corpus::score::CharSpan;

use crate::speakers::byte_spans;

/// A text in which cues are looked up.
pub struct CueWords<'t> {
    text: &'t str,
    /// Its sentences and tokens.
    pub reading: Reading,
    tags: Tags,
}

impl<'t> CueWords<'t> {
    /// Reads and tags the text.
    pub fn new(text: &'t str, model: &Model) -> Self {
        let reading = text::read(text);
        let tags = tag::tag(text, &reading, model);
        CueWords { text, reading, tags }
    }

    /// The lemma of a cue's main word: its last verb, else its last noun, else its first word; "(none)" where there is no cue.
    pub fn main_word(&self, cue: &[CharSpan]) -> String {
        let tokens: Vec<usize> = byte_spans(self.text, cue).into_iter().flat_map(|span| self.inside(span)).collect();
        let last = |is: &dyn Fn(usize) -> bool| tokens.iter().copied().rfind(|&t| is(t));
        let auxiliary = |t: usize| matches!(self.tags.lemma(t), "be" | "have" | "do");
        let main = last(&|t| self.tags.pos[t].is_verb() && !auxiliary(t))
            .or_else(|| last(&|t| self.tags.pos[t].is_noun()))
            .or_else(|| tokens.first().copied());
        main.map_or_else(|| "(none)".to_owned(), |t| self.tags.lemma(t).replace(',', " "))
    }

    /// The tokens that a span touches.
    fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let begin = self.reading.tokens.partition_point(|t| t.span.end() <= span.begin());
        let end = self.reading.tokens.partition_point(|t| t.span.begin() < span.end());
        begin..end.max(begin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_known_by_its_last_verb() {
        let text = "Ruiz has said it. According to Lind, plans to sell were dropped.";
        let model = Model::english().expect("the model that is compiled in");
        let words = CueWords::new(text, &model);
        let main = |cue: &str| {
            let begin = text.find(cue).expect("words of the text");
            words.main_word(&[[begin, begin + cue.len()]])
        };
        assert_eq!([main("has said"), main("plans to")], ["say", "plan"]);
        assert_eq!(words.main_word(&[]), "(none)");
    }
}
