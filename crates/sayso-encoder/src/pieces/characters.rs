//! What BERT's basic splitting does with a character.

use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// What a character is to the splitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It is left out: a control, a format character, one that stands for nothing.
    Nothing,
    /// It ends a word.
    Blank,
    /// It is a word of its own.
    Mark,
    /// A Chinese character: a word of its own.
    Ideograph,
    /// It stays as it is, or is this small letter.
    Plain(char),
    /// It must be looked at more closely: [`for_each_letter`].
    Letter,
}

/// What a character is.
pub(super) fn sort(c: char) -> Sort {
    match c {
        'a'..='z' | '0'..='9' => Sort::Plain(c),
        'A'..='Z' => Sort::Plain(c.to_ascii_lowercase()),
        ' ' | '\t' | '\n' | '\r' => Sort::Blank,
        c if c.is_ascii_control() => Sort::Nothing,
        c if c.is_ascii() => Sort::Mark,
        '\u{fffd}' => Sort::Nothing,
        c if is_other(c) => Sort::Nothing,
        c if c.is_whitespace() => Sort::Blank,
        c if is_ideograph(c) => Sort::Ideograph,
        _ => Sort::Letter,
    }
}

/// Calls `each` with the small letters that a character becomes without its accents, and whether each is punctuation.
pub(super) fn for_each_letter(c: char, mut each: impl FnMut(char, bool)) {
    decompose_canonical(c, |part| {
        if part.general_category() != GeneralCategory::NonspacingMark {
            for letter in part.to_lowercase() {
                each(letter, is_punctuation(letter));
            }
        }
    });
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { c.general_category_group() == GeneralCategoryGroup::Punctuation }
}

/// Controls, format characters, private ones.
fn is_other(c: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    matches!(c.general_category(), Control | Format | PrivateUse)
}

/// The blocks of Chinese characters, as BERT lists them.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b920}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}
