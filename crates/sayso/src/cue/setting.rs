//! What a verb's form and its subject say about its being a cue: "she said" more than "it said" or "saying".

use crate::cue::article::{Article, pos};
use crate::cue::occurrence::Occurrence;

/// The row of the table `cue_settings` for an occurrence: the verb's form, then what stands before it.
pub(crate) fn setting(view: &Article<'_>, word: &Occurrence) -> String {
    let Some(group) = &word.group else { return format!("noun {}", before(view, word.begin)) };
    let form = if group.passive {
        "passive"
    } else if group.to.is_some() {
        "to"
    } else if !group.finite {
        if view.pos(group.head) == pos::VBG { "participle" } else { "bare" }
    } else if view.pos(group.head) == pos::VBD {
        "past"
    } else if (group.begin..group.head).any(|t| view.pos(t) == pos::MD) {
        "modal"
    } else if view.pos(group.head) == pos::VBG {
        "progressive"
    } else if (group.begin..group.head).any(|t| matches!(view.lemma(t), "have" | "be")) {
        "perfect"
    } else {
        "present"
    };
    format!("{form} {}", before(view, group.to.unwrap_or(group.begin)))
}

/// What kind of word stands before `begin`.
fn before(view: &Article<'_>, begin: usize) -> &'static str {
    let Some(last) = begin.checked_sub(1).filter(|&l| view.sentence(l).begin == view.sentence(begin).begin) else { return "first" };
    let tag = view.pos(last);
    if view.any(last, &["he", "she"]) {
        "he"
    } else if view.any(last, &["they", "we", "i", "you"]) {
        "they"
    } else if view.any(last, &["it", "this", "that", "there", "these", "those"]) {
        "it"
    } else if matches!(tag, pos::WP | pos::WDT) {
        "who"
    } else if tag.is_proper() {
        "name"
    } else if tag.0 == 0 {
        "noun"
    } else if tag.0 == 1 {
        "nouns"
    } else if view.is_comma(last) {
        "comma"
    } else if view.is_mark(last) {
        "mark"
    } else if tag == pos::CC {
        "and"
    } else if tag == pos::POS || tag == pos::PRPS {
        "owner"
    } else if tag == pos::IN || tag == pos::TO {
        "preposition"
    } else if tag == pos::DT {
        "article"
    } else if tag.is_verb() {
        "verb"
    } else {
        "other"
    }
}
