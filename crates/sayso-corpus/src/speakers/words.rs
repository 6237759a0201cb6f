//! Words counted, and those that stand in quotation marks.

use sayso::Form;

/// How many words there are: runs without white space that have a letter or a digit.
///
/// ```
/// assert_eq!(sayso_corpus::speakers::words("“We lost” – by 2 votes"), 5);
/// ```
#[must_use]
pub fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() as u64
}

/// How many words of a content stand in quotation marks: all of a direct one, none of an indirect one, and of a mixed one those
/// between its marks.
///
/// ```
/// use sayso::Form;
/// use sayso_corpus::speakers::quoted_words;
/// assert_eq!(quoted_words("the inspections as “routine and lawful”", Form::Mixed), 3);
/// ```
#[must_use]
pub fn quoted_words(content: &str, form: Form) -> u64 {
    match form {
        Form::Direct => words(content),
        Form::Indirect => 0,
        Form::Mixed => between_marks(content),
    }
}

/// Words that begin between an opening mark and the next closing one; a mark that is not closed reaches to the end.
fn between_marks(content: &str) -> u64 {
    let mut open: Option<char> = None;
    let (mut count, mut in_word, mut before) = (0, false, ' ');
    for c in content.chars() {
        match (open, closing(c)) {
            (Some(close), _) if c == close && !(c == '’' && before == ' ') => open = None,
            (None, Some(close)) if !before.is_alphanumeric() => open = Some(close),
            _ => {}
        }
        if c.is_whitespace() {
            in_word = false;
        } else if c.is_alphanumeric() && !in_word {
            in_word = true;
            count += u64::from(open.is_some());
        }
        before = if c.is_whitespace() { ' ' } else { c };
    }
    count
}

/// The mark that closes what this one opens.
fn closing(mark: char) -> Option<char> {
    match mark {
        '“' | '„' => Some('”'),
        '"' => Some('"'),
        '«' => Some('»'),
        '‘' => Some('’'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mixed_content_the_words_between_the_marks_count() {
        let mixed = |content| quoted_words(content, Form::Mixed);
        assert_eq!(mixed("that \"nobody\" had “seen it”"), 3);
        assert_eq!(mixed("that the town’s “old ‘rules’ hold"), 3);
        assert_eq!(mixed("that the work was a ‘scandal’ of the 1990s"), 1);
        assert_eq!(mixed("no mark at all"), 0);
    }

    #[test]
    fn a_dash_is_no_word() {
        assert_eq!(words("— he’s 44 … well-known"), 3);
        assert_eq!(words(""), 0);
    }
}
