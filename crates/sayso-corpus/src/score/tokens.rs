//! The tokens that the scorer compares: maximal runs of letters and digits, found in code points.

use std::sync::LazyLock;

use regex::Regex;

/// A run of letters and digits.
pub(super) static WORD: LazyLock<Regex> = LazyLock::new(|| expression(r"[\p{L}\p{N}]+"));

/// A plain verb of saying.
static SAYING: LazyLock<Regex> = LazyLock::new(|| {
    expression(concat!(
        r"(?i)\b(sa(y|ys|id|ying)|t(ell|ells|old|elling)|add(s|ed|ing)?|according to|ask(s|ed|ing)?|announc(e|es|ed|ing)|",
        r"stat(e|es|ed|ing)|argu(e|es|ed|ing)|wr(ite|ites|ote|itten|iting)|tweet(s|ed|ing)?|explain(s|ed|ing)?|not(e|es|ed|ing)|",
        r"claim(s|ed|ing)?|insist(s|ed|ing)?|warn(s|ed|ing)?|declar(e|es|ed|ing)|repl(y|ies|ied|ying)|respond(s|ed|ing)?|",
        r"suggest(s|ed|ing)?|acknowledg(e|es|ed|ing)|conclud(e|es|ed|ing)|report(s|ed|ing)?)\b"
    ))
});

/// A quotation, closed or not.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| expression(r#"[“"«][^”"»]*[”"»]?"#));

fn expression(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file")
}

/// How much of a content stands in quotation marks, by its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Direct,
    Mixed,
    Indirect,
}

impl Form {
    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
        }
    }
}

/// A half-open range of code points.
pub type CharSpan = [usize; 2];

/// The tokens of one text, and a way from code points to bytes.
pub(super) struct Tokens<'t> {
    text: &'t str,
    /// `[begin, end]` of each token in code points, ascending.
    spans: Vec<CharSpan>,
    /// The byte where each code point begins, the text's end last; empty for ASCII.
    bytes: Vec<usize>,
    chars: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes: Vec<usize> =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() };
        let chars = if bytes.is_empty() { text.len() } else { bytes.len() - 1 };
        let mut counted = (0, 0);
        let mut char_at = |byte: usize| {
            if !bytes.is_empty() {
                counted = (byte, counted.1 + text[counted.0..byte].chars().count());
                return counted.1;
            }
            byte
        };
        let spans = WORD.find_iter(text).map(|m| [char_at(m.start()), char_at(m.end())]).collect();
        Tokens { text, spans, bytes, chars }
    }

    /// Code points in the text.
    pub(super) fn chars(&self) -> usize {
        self.chars
    }

    /// The tokens that the spans touch, ascending, each once.
    pub(super) fn touched(&self, spans: &[CharSpan]) -> Vec<usize> {
        let mut found = Vec::new();
        for &[begin, end] in spans {
            let mut at = self.spans.partition_point(|token| token[0] < begin);
            if at > 0 && self.spans[at - 1][1] > begin {
                at -= 1;
            }
            let inside = self.spans[at..].iter().take_while(|token| token[0] < end).count();
            found.extend(at..at + inside);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The words of a span, cut to the text.
    pub(super) fn words(&self, [begin, end]: CharSpan) -> &'t str {
        let byte = |char: usize| match self.bytes.get(char) {
            Some(&byte) => byte,
            None if self.bytes.is_empty() => char.min(self.text.len()),
            None => self.text.len(),
        };
        self.text.get(byte(begin)..byte(end)).unwrap_or("")
    }

    pub(super) fn form(&self, spans: &[CharSpan]) -> Form {
        let inside = self.joined(spans);
        if !inside.contains(['“', '”', '"', '«', '»']) {
            return Form::Indirect;
        }
        if WORD.is_match(&QUOTED.replace_all(&inside, "")) { Form::Mixed } else { Form::Direct }
    }

    /// Whether one of the spans holds a plain verb of saying.
    pub(super) fn spoken(&self, spans: &[CharSpan]) -> bool {
        spans.iter().any(|&span| SAYING.is_match(self.words(span)))
    }

    /// Whether `said` has other letters or digits than the spans.
    pub(super) fn misquoted(&self, said: &str, spans: &[CharSpan]) -> bool {
        bare(said) != bare(&self.joined(spans))
    }

    fn joined(&self, spans: &[CharSpan]) -> String {
        spans.iter().map(|&span| self.words(span)).collect()
    }
}

/// The letters, digits and underscores alone.
fn bare(words: &str) -> String {
    static KEPT: LazyLock<Regex> = LazyLock::new(|| expression(r"[\p{L}\p{N}_]+"));
    KEPT.find_iter(words).map(|m| m.as_str()).collect()
}

/// Shared tokens over all tokens of two ascending lists; 1 where both are empty.
pub(super) fn jaccard<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let shared = shared(a, b);
    let all = a.len() + b.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

/// How many items two ascending lists without repetition share.
pub(super) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_at_an_edge_never_counts() {
        let tokens = Tokens::new("“Né à Lorca,” he said_so. 3½ km");
        assert_eq!(tokens.chars(), 31);
        assert_eq!(tokens.touched(&[[0, 13]]), [0, 1, 2]);
        assert_eq!(tokens.touched(&[[1, 11]]), [0, 1, 2]);
        assert_eq!(tokens.touched(&[[2, 3], [2, 5]]), [0, 1], "an edge inside a token takes it whole");
        assert_eq!(tokens.touched(&[[14, 24]]), [3, 4, 5], "an underscore parts tokens");
        assert_eq!(tokens.words([4, 11]), "à Lorca");
        assert_eq!(tokens.words([26, 28]), "3½");
    }

    #[test]
    fn the_form_is_read_off_the_quotation_marks() {
        let text = "“No.” He called it “a mess” and left «early";
        let tokens = Tokens::new(text);
        assert_eq!(tokens.form(&[[0, 5]]), Form::Direct);
        assert_eq!(tokens.form(&[[6, 27]]), Form::Mixed);
        assert_eq!(tokens.form(&[[6, 18]]), Form::Indirect);
        assert_eq!(tokens.form(&[[37, 43]]), Form::Direct, "an unclosed quotation holds the rest");
    }

    #[test]
    fn a_verb_of_saying_is_a_whole_word() {
        let tokens = Tokens::new("According to him, the essay SAID it");
        assert!(tokens.spoken(&[[0, 12]]));
        assert!(!tokens.spoken(&[[18, 27]]));
        assert!(tokens.spoken(&[[18, 27], [28, 32]]));
    }

    #[test]
    fn overlap_counts_shared_over_all() {
        assert_eq!(jaccard(&[1, 2, 3], &[2, 3, 4]), 0.5);
        assert_eq!(jaccard::<u8>(&[], &[]), 1.0);
        assert_eq!(jaccard(&[1], &[]), 0.0);
    }
}
