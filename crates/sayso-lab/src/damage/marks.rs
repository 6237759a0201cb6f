//! Damage to quotation marks.

use super::edits::Edit;
use super::original::{Mark, Original};
use crate::random::Random;

/// One opening or closing mark is lost.
///
/// A closing mark at the end of a paragraph whose neighbour begins with a mark stays: without it the text says, by the rule of printers,
/// that the quotation goes on, and nobody can know better.
pub fn removed(article: &Original, opens: bool, random: &mut Random) -> Vec<Edit> {
    let spared = |mark: &Mark| {
        let next = article.paragraphs.get(article.paragraph(mark.at.start) + 1);
        let last = article.paragraphs[article.paragraph(mark.at.start)].end == mark.at.end;
        last && next.is_some_and(|n| article.text[n.start..].starts_with(['“', '"']))
    };
    let marks: Vec<&Mark> = article.marks.iter().filter(|m| m.opens == opens && (opens || !spared(m))).collect();
    one(&marks, random, |m| Edit::replace(m.at.clone(), ""))
}

/// One mark stands twice.
pub fn doubled(article: &Original, random: &mut Random) -> Vec<Edit> {
    one(&article.marks.iter().collect::<Vec<_>>(), random, |m| Edit::insert(m.at.end, &article.text[m.at.clone()]))
}

/// One mark is of another style than its partner: straight beside curly, a single one, two single ones.
pub fn of_another_style(article: &Original, random: &mut Random) -> Vec<Edit> {
    let pick = random.below(3);
    let other = |m: &Mark| {
        let straight = &article.text[m.at.clone()] == "\"";
        let styles = match (straight, m.opens) {
            (true, true) => ["“", "''", "``"],
            (true, false) => ["”", "''", "''"],
            (false, true) => ["\"", "''", "‘‘"],
            (false, false) => ["\"", "''", "’’"],
        };
        Edit::replace(m.at.clone(), styles[pick])
    };
    one(&article.marks.iter().collect::<Vec<_>>(), random, other)
}

/// One curly mark is turned the wrong way.
pub fn turned(article: &Original, random: &mut Random) -> Vec<Edit> {
    let curly: Vec<&Mark> = article.marks.iter().filter(|m| &article.text[m.at.clone()] != "\"").collect();
    one(&curly, random, |m| Edit::replace(m.at.clone(), if m.opens { "”" } else { "“" }))
}

/// One mark has a blank between itself and its words, and none on the other side but what was there.
pub fn spaced(article: &Original, random: &mut Random) -> Vec<Edit> {
    one(&article.marks.iter().collect::<Vec<_>>(), random, |m| Edit::insert(if m.opens { m.at.end } else { m.at.start }, " "))
}

/// All marks are written in another style.
pub fn all(article: &Original, open: &str, close: &str) -> Vec<Edit> {
    let written = |m: &Mark| if m.opens { open } else { close };
    let same = |m: &&Mark| &article.text[m.at.clone()] != written(m);
    article.marks.iter().filter(same).map(|m| Edit::replace(m.at.clone(), written(m))).collect()
}

/// All quotation marks and apostrophes are straight.
pub fn straight(article: &Original) -> Vec<Edit> {
    let plain = |c| match c {
        '“' | '”' => Some("\""),
        '‘' | '’' => Some("'"),
        _ => None,
    };
    article.text.char_indices().filter_map(|(at, c)| Some(Edit::replace(at..at + c.len_utf8(), plain(c)?))).collect()
}

fn one(marks: &[&Mark], random: &mut Random, edit: impl Fn(&Mark) -> Edit) -> Vec<Edit> {
    if marks.is_empty() { Vec::new() } else { vec![edit(marks[random.below(marks.len())])] }
}
