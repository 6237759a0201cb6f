//! Lemmas: a table of the irregular, rules for the rest.

use super::Pos;
use crate::model::Table;

/// The lemma of a word, given its lower-case form and tag: "said" VBD is "say", "mayors" NNS is "mayor".
///
/// Irregular forms come from the table (`form`, then the part of speech class `v`, `n` or `a` as "form/class").
#[must_use]
pub fn lemma<'a>(form: &'a str, pos: Pos, irregular: &Table, buffer: &'a mut String) -> &'a str {
    let class = match pos.name() {
        "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" | "MD" => "v",
        "NNS" => "n",
        "JJR" | "JJS" | "RBR" | "RBS" => "a",
        _ => return form,
    };
    buffer.clear();
    buffer.push_str(form);
    buffer.push('/');
    buffer.push_str(class);
    if let Some(lemma) = irregular.get(buffer) {
        return lemma;
    }
    buffer.clear();
    match pos.name() {
        "NNS" | "VBZ" => strip_s(form, buffer),
        "VBD" | "VBN" => strip(form, "ed", buffer),
        "VBG" => strip(form, "ing", buffer),
        "JJR" | "RBR" => strip(form, "er", buffer),
        "JJS" | "RBS" => strip(form, "est", buffer),
        _ => buffer.push_str(form),
    }
    buffer
}

fn strip_s(form: &str, out: &mut String) {
    out.push_str(form);
    let cut = |out: &mut String, n: usize, add: &str| {
        out.truncate(out.len() - n);
        out.push_str(add);
    };
    if form.len() > 4 && form.ends_with("ies") {
        cut(out, 3, "y");
    } else if ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|s| form.ends_with(s)) {
        cut(out, 2, "");
    } else if form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us") {
        cut(out, 1, "");
    }
}

/// Takes "ed", "ing", "er" or "est" off and puts back what the ending has changed.
fn strip(form: &str, ending: &str, out: &mut String) {
    let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() >= 2 && s.is_ascii() && s.bytes().any(is_vowel)) else {
        out.push_str(form);
        return;
    };
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if last == b'i' && ending != "ing" {
        out.push_str(&stem[..stem.len() - 1]);
        out.push('y');
    } else if last == before && !matches!(last, b'l' | b's' | b'z' | b'f' | b'e' | b'o') {
        out.push_str(&stem[..stem.len() - 1]);
    } else if takes_e(bytes) {
        out.push_str(stem);
        out.push('e');
    } else {
        out.push_str(stem);
    }
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether a stem without its ending is likely to have lost an "e": announc-, believ-, argu-, rul-.
fn takes_e(stem: &[u8]) -> bool {
    let n = stem.len();
    let (last, before) = (stem[n - 1], stem[n - 2]);
    match last {
        b'c' | b'v' | b'u' | b'z' => true,
        b'g' => before == b'n' && n > 4 || before == b'd' || is_vowel(before) && n > 2,
        b's' => is_vowel(before) || matches!(before, b'n' | b'r' | b'l') && n > 3,
        b't' => stem.ends_with(b"at") && n > 3 && stem[n - 3] != b'e' || stem.ends_with(b"ut") && n > 4 && stem[n - 3] != b'o',
        b'l' => !is_vowel(before) && !matches!(before, b'l' | b'r' | b'w'),
        b'r' => matches!(before, b'i' | b'u' | b'a') && stem[..n - 2].last().is_none_or(|b| !is_vowel(*b)) && n > 3,
        _ => is_vowel(before) && before != b'y' && stem[..n - 2].iter().all(|b| !is_vowel(*b)) && !matches!(last, b'w' | b'y' | b'x'),
    }
}
