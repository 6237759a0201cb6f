//! The main word of a gold cue: what misses are counted by.

use sayso::model::Model;
use sayso::tag::Tags;
use sayso::text::Reading;
use sayso::{Span, tag, text};
use sayso_corpus::score::GoldDocument;

use crate::speakers::byte_spans;

/// The lemma of each gold cue's main word: its last verb, else its last noun, else its first word; "(none)" where it has no cue.
pub fn main_words(article: &GoldDocument, model: &Model) -> Vec<String> {
    let reading = text::read(&article.text);
    let tags = tag::tag(&article.text, &reading, model);
    article.attributions.iter().map(|a| main_word(&byte_spans(&article.text, &a.cue), &reading, &tags)).collect()
}

/// The lemma of the main word of some spans.
fn main_word(spans: &[Span], reading: &Reading, tags: &Tags) -> String {
    let tokens: Vec<usize> = spans.iter().flat_map(|&span| inside(span, reading)).collect();
    let last = |is: &dyn Fn(usize) -> bool| tokens.iter().copied().rfind(|&t| is(t));
    let main = last(&|t| tags.pos[t].is_verb() && !matches!(tags.lemma(t), "be" | "have" | "do"))
        .or_else(|| last(&|t| tags.pos[t].is_noun()))
        .or_else(|| tokens.first().copied());
    main.map_or_else(|| "(none)".to_owned(), |t| tags.lemma(t).replace(',', " "))
}

/// The tokens that a span touches.
fn inside(span: Span, reading: &Reading) -> std::ops::Range<usize> {
    let begin = reading.tokens.partition_point(|t| t.span.end() <= span.begin());
    let end = reading.tokens.partition_point(|t| t.span.begin() < span.end());
    begin..end.max(begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_known_by_its_last_verb() {
        let text = "Ruiz has said it. According to Lind, plans to sell were dropped.";
        let at = |words: &str| {
            let begin = text.find(words).expect("words of the text");
            serde_json::json!([[begin, begin + words.len()]])
        };
        let attribution = |cue: serde_json::Value| serde_json::json!({"id": "1", "source": [], "content": [], "cue": cue});
        let article = serde_json::json!({
            "id": "a1", "text": text,
            "attributions": [attribution(at("has said")), attribution(at("plans to")), attribution(serde_json::json!([]))],
        });
        let article: GoldDocument = serde_json::from_value(article).expect("a gold article");
        let model = Model::english().expect("the model that is compiled in");
        assert_eq!(main_words(&article, &model), ["say", "plan", "(none)"]);
    }
}
