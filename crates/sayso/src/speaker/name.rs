//! Names: where one begins and ends, whether a person's or an organisation's, and what stands before it.

use super::mention::{Mention, Sort};
use super::page::Page;
use super::tables::{Class, Tables, Title};
use crate::text::TokenRange;

/// Fills in a name if the phrase ends in one.
pub(super) fn name(page: &Page<'_>, tables: &Tables<'_>, start: u32, mention: &mut Mention) {
    let head = mention.head;
    let lemma = page.lemma(head);
    let last = (start..=head).rev().find(|&t| !is_suffix(page.form(t))).unwrap_or(head);
    let class = tables.class(page.lemma(last));
    // "Federation of Teachers": what stands before "of" tells.
    let of = (start..last).find(|&t| matches!(page.form(t), "of" | "for"));
    let body = of.is_some_and(|t| t > start && tables.class(page.lemma(t - 1)) == Some(Class::Organization));
    let class = if body { Some(Class::Organization) } else { class };
    let thing = matches!(class, Some(Class::Organization | Class::Document | Class::Group));
    let role = if thing { None } else { role_end(page, tables, start, last) };
    let first = first_name_word(page, tables, role.unwrap_or(start), last);
    let people =
        first.checked_sub(1).filter(|&t| thing && first == last && t >= start && page.is_capital(t) && tables.is_demonym(page.form(t)));
    let first = people.unwrap_or(first); // "European Union"
    let initial = |t: u32| is_initial(page.word(t)) && page.word(t).ends_with('.') && page.sentence(t) == page.sentence(first);
    let first = first.checked_sub(1).filter(|&t| first == mention.tokens.begin && initial(t)).unwrap_or(first);
    let words = TokenRange::new(first, head + 1);
    let alone = last == first;
    let article = matches!(page.form(mention.tokens.begin), "the" | "a" | "an");
    let several = article && mention.plural && class == Some(Class::Organization); // "the Simon Communities"
    let is_given_name = !alone && !several && (tables.is_given(page.form(first)) || is_initial(page.word(first)));
    if alone && role.is_none() && !matches!(page.tag(head), "NNP" | "NNPS") && (class.is_some() || matches!(page.tag(head), "DT" | "CD")) {
        return; // "Anyone", at the beginning of a sentence
    }
    if words.range().all(|t| tables.is_date(page.form(t as u32)) || page.tag(t as u32) == "CD") && !tables.is_given(page.form(head)) {
        return; // "Monday"
    }
    let office = last > start && tables.title(&format!("{} {}", page.form(last - 1), page.form(last))).is_some();
    if class == Some(Class::Person) && !is_given_name && (role.is_none() || office) {
        return; // "the Senate Majority Leader", "the Director General": a description in capitals
    }
    let is_plural = mention.plural && !tables.is_given(page.form(head)); // not "Ines"
    if is_plural && class != Some(Class::Organization) && (alone || class.is_some() || role.is_some()) {
        return; // "Republicans", "Senate Democrats"
    }
    mention.sort = Sort::Name(words);
    mention.plural = false;
    mention.before = TokenRange::new(start.min(first), first);
    let line = page.sentence_tokens(page.sentence(head)).begin;
    let opens = mention.tokens.begin == line || mention.tokens.begin == line + 1 && page.quoted(line); // “RUIZ: Thank you.
    let turn = alone && page.form(head + 1) == ":" && opens;
    let acronym = is_acronym(page.word(head)) && (page.word(head).len() <= 4 || page.word(head).contains('.'));
    mention.class = if turn && class.is_none() || role.is_some() || is_given_name && !matches!(class, Some(Class::Organization)) {
        Some(Class::Person)
    } else if class.is_some() {
        class.filter(|c| *c != Class::Person)
    } else if is_organization(page, tables, words) || acronym || article {
        Some(Class::Organization)
    } else if !alone && words.len() <= 4 && words.range().all(|t| could_be_name(page, tables, t as u32)) {
        Some(Class::Person)
    } else {
        None
    };
    if mention.class == Some(Class::Person) {
        let title = (start..first).rev().find_map(|t| tables.title_gender(page.form(t)).or_else(|| tables.noun_gender(page.lemma(t))));
        mention.gender = title.or_else(|| if alone && role.is_some() { None } else { tables.given_gender(page.form(first)) });
    } else if mention.class != Some(Class::Organization) && tables.is_place(lemma) {
        mention.class = Some(Class::Organization);
    }
    let within = mention.tokens.begin.checked_sub(1).is_some_and(|t| matches!(page.form(t), "in" | "near" | "outside"));
    mention.place = match mention.class {
        Some(Class::Organization) => tables.is_place(&page.words(words).to_lowercase()),
        None => within, // "in Lorca"
        Some(_) => false,
    };
}

/// The token after the last title or role noun before the name: "Former House speaker | Newt Gingrich".
fn role_end(page: &Page<'_>, tables: &Tables<'_>, start: u32, last: u32) -> Option<u32> {
    (start..last).rev().map(|t| (t, page.form(t))).find_map(|(t, form)| {
        let title = tables.title(form);
        let noun = tables.class(page.lemma(t)) == Some(Class::Person) && !(page.is_capital(t) && tables.is_given(form));
        (title == Some(Title::Courtesy) || title.is_some() && t < last || noun).then_some(t + 1)
    })
}

/// Where the name proper begins: after small words, and after "of State" and the like.
fn first_name_word(page: &Page<'_>, tables: &Tables<'_>, start: u32, last: u32) -> u32 {
    let mut first = start;
    if matches!(page.form(start), "of" | "for" | "to") && start < last {
        let carried = carried_name(page, tables, TokenRange::new(start + 1, last + 1));
        let given = carried.or_else(|| (start + 1..last).find(|&t| tables.is_given(page.form(t)) && page.is_capital(t)));
        first = given.unwrap_or_else(|| if last - start > 2 { last - 1 } else { start + 1 });
    }
    (first..last).find(|&t| page.is_capital(t) && !tables.is_demonym(page.form(t)) && !is_quantity(page.form(t))).unwrap_or(last)
}

/// "Many Osterlanders", "Ten-year-old Robert", at the beginning of a sentence
fn is_quantity(form: &str) -> bool {
    form.ends_with("-year-old")
        || matches!(form, "many" | "most" | "some" | "few" | "several" | "other" | "more" | "fewer" | "countless" | "certain")
}

/// Where a person's name begins that stands right behind the body of a role: "[President of] Osterland | Arvid Holm".
pub(super) fn carried_name(page: &Page<'_>, tables: &Tables<'_>, phrase: TokenRange) -> Option<u32> {
    let begin = phrase.begin + u32::from(page.tag(phrase.begin) == "DT");
    let is_name = |from: u32| {
        from > begin && (2..=4).contains(&(phrase.end.saturating_sub(from))) && (from..phrase.end).all(|t| could_be_name(page, tables, t))
    };
    let place = |&end: &u32| tables.is_place(&page.words(TokenRange::new(begin, end)).to_lowercase());
    let given = |&t: &u32| page.is_capital(t) && tables.is_given(page.form(t));
    let courtesy = |&t: &u32| tables.title(page.form(t)) == Some(Title::Courtesy);
    if let Some(at) = (begin + 1..phrase.end.saturating_sub(1)).find(courtesy) {
        return Some(at); // "[Minister for] Education | Mr. Okafor"
    }
    if let Some(end) = (begin + 1..phrase.end.min(begin + 4)).rev().find(place) {
        return Some(end).filter(|&t| is_name(t) && (given(&t) || phrase.end == t + 2));
    }
    let first = (begin..phrase.end).find(given).filter(|&t| is_name(t))?;
    // "aide to Senator Ana Ruiz" is no senator.
    let before = first - 1;
    let title = tables.title(page.form(before)).is_some() || tables.class(page.lemma(before)) == Some(Class::Person);
    (!title && page.tag(before) != "POS").then_some(first)
}

fn is_organization(page: &Page<'_>, tables: &Tables<'_>, words: TokenRange) -> bool {
    let has_class = |t: u32| matches!(tables.class(page.lemma(t)), Some(Class::Organization | Class::Group));
    words.range().any(|t| has_class(t as u32) || matches!(page.form(t as u32), "of" | "for" | "&" | "and"))
        || tables.is_place(&page.words(words).to_lowercase())
}

/// Whether a word could be part of a person's name: a capital, then small letters, and no word of an organisation.
fn could_be_name(page: &Page<'_>, tables: &Tables<'_>, token: u32) -> bool {
    let word = page.word(token);
    is_initial(word)
        || is_particle(page.form(token))
        || is_suffix(page.form(token))
        || page.is_capital(token)
            && matches!(page.tag(token), "NNP" | "NN" | "FW" | "JJ")
            && !is_acronym(word)
            && tables.class(page.lemma(token)).is_none()
            && !tables.is_place(page.form(token))
            && !tables.is_demonym(page.form(token))
}

pub(super) fn is_particle(form: &str) -> bool {
    matches!(
        form,
        "de" | "da"
            | "di"
            | "del"
            | "della"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "dos"
            | "du"
    )
}

pub(super) fn is_suffix(form: &str) -> bool {
    matches!(form, "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv")
}

/// "J.", "J"
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && matches!(letters.as_str(), "" | ".")
}

/// "FBI", "F.B.I.", "AFL-CIO"
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&'))
}
