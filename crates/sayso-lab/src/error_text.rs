//! The sentences of a statement with its roles in brackets.

use sayso::text::Reading;
use sayso_corpus::score::{CharSpan, GoldAttribution, PredictedRole, Prediction};

/// The spans of source, cue and content, in code points.
pub type RoleSpans = [Vec<CharSpan>; 3];

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// A text as code points, and its sentences.
pub struct Page {
    pub text: Vec<char>,
    pub sentences: Vec<CharSpan>,
}

impl Page {
    /// Of a text that has been read.
    pub fn new(text: &str, reading: &Reading) -> Self {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let char_at = |byte: u32| starts.partition_point(|&s| s < byte as usize);
        let sentences = reading.sentences.iter().map(|s| [char_at(s.span.begin()), char_at(s.span.end())]).collect();
        Page { text: text.chars().collect(), sentences }
    }
}

/// The roles of a gold attribution.
pub fn of_gold(gold: &GoldAttribution) -> RoleSpans {
    [gold.source.clone(), gold.cue.clone(), gold.content.clone()]
}

/// The roles of a prediction.
pub fn of_prediction(predicted: &Prediction) -> RoleSpans {
    let spans = |role: &Option<PredictedRole>| role.as_ref().and_then(|r| r.spans.clone()).unwrap_or_default();
    [spans(&predicted.source), spans(&predicted.cue), spans(&predicted.content)]
}

/// The sentences that the spans touch, ascending; `sentences` are ranges of code points, ascending.
pub fn touched(sentences: &[CharSpan], spans: &[&RoleSpans]) -> Vec<usize> {
    let meets = |s: &CharSpan| spans.iter().flat_map(|roles| roles.iter().flatten()).any(|span| span[0] < s[1] && s[0] < span[1]);
    sentences.iter().enumerate().filter(|(_, s)| meets(s)).map(|(at, _)| at).collect()
}

/// The chosen sentences in one line, each role as `[cue said]`; " … " stands for what is left out between them.
pub fn marked(text: &[char], sentences: &[CharSpan], chosen: &[usize], roles: &RoleSpans) -> String {
    let mut line = String::new();
    let mut before = None;
    for &at in chosen {
        if before.is_some_and(|b| b + 1 < at) {
            line.push_str(" … ");
        } else if before.is_some() {
            line.push(' ');
        }
        before = Some(at);
        mark(text, sentences[at], roles, &mut line);
    }
    line
}

fn mark(text: &[char], [begin, end]: CharSpan, roles: &RoleSpans, line: &mut String) {
    let inside = |role: usize| roles[role].iter().map(move |s| [s[0].max(begin), s[1].min(end)]).filter(|s| s[0] < s[1]);
    for at in begin..=end {
        // Brackets close from the inside out and open from the outside in.
        let closing = (0..3).flat_map(inside).filter(|s| s[1] == at).count();
        line.extend(std::iter::repeat_n(']', closing));
        let mut opening: Vec<(CharSpan, &str)> =
            (0..3).flat_map(|r| inside(r).map(move |s| (s, ROLES[r]))).filter(|(s, _)| s[0] == at).collect();
        opening.sort_by_key(|(s, _)| std::cmp::Reverse(s[1]));
        opening.iter().for_each(|(_, role)| line.extend(["[", role, " "]));
        if at < end {
            line.push(text.get(at).copied().map_or(' ', |c| if c.is_whitespace() { ' ' } else { c }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_stand_in_brackets_in_the_sentences_they_touch() {
        let text: Vec<char> = "“No,” Ruiz said. It rained.\nNobody came.".chars().collect();
        let sentences = [[0, 16], [17, 27], [28, 40]];
        let roles = [vec![[6, 10]], vec![[11, 15]], vec![[0, 5], [28, 34]]];
        let chosen = touched(&sentences, &[&roles]);
        assert_eq!(chosen, [0, 2]);
        let line = "[content “No,”] [source Ruiz] [cue said]. … [content Nobody] came.";
        assert_eq!(marked(&text, &sentences, &chosen, &roles), line);
    }

    #[test]
    fn a_role_inside_another_keeps_its_brackets() {
        let text: Vec<char> = "his plan".chars().collect();
        let roles = [vec![[0, 3]], vec![], vec![[0, 8]]];
        assert_eq!(marked(&text, &[[0, 8]], &[0], &roles), "[content [source his] plan]");
    }
}
