//! Damage to the text as it is set and carried: blanks, lines, paragraphs, capitals, codes.

use super::edits::Edit;
use super::original::Original;
use crate::random::Random;

/// Every character in capitals.
pub fn capitals(article: &Original) -> Vec<Edit> {
    each(article, |c| {
        let upper: String = c.to_uppercase().collect();
        (upper.chars().ne([c])).then_some(upper)
    })
}

/// Every blank one that does not break.
pub fn unbreaking(article: &Original) -> Vec<Edit> {
    each(article, |c| (c == ' ').then(|| "\u{a0}".to_owned()))
}

/// Line ends of Windows.
pub fn windows(article: &Original) -> Vec<Edit> {
    each(article, |c| (c == '\n').then(|| "\r\n".to_owned()))
}

/// One break between two paragraphs is a blank.
pub fn break_lost(article: &Original, random: &mut Random) -> Vec<Edit> {
    let breaks: Vec<Edit> = breaks(article, " ").collect();
    one(&breaks, random)
}

/// All breaks between paragraphs are single line ends.
pub fn breaks_single(article: &Original) -> Vec<Edit> {
    breaks(article, "\n").filter(|e| article.text[e.at.clone()] != *"\n").collect()
}

/// One paragraph is broken in two between its sentences.
pub fn break_added(article: &Original, random: &mut Random) -> Vec<Edit> {
    let pairs = article.sentences.windows(2).filter(|p| article.paragraph(p[0].start) == article.paragraph(p[1].start));
    let blank = |from: usize, to: usize| article.text.get(from..to).is_some_and(|t| t == " ");
    let cuts: Vec<Edit> = pairs.filter(|p| blank(p[0].end, p[1].start)).map(|p| Edit::replace(p[0].end..p[1].start, "\n\n")).collect();
    one(&cuts, random)
}

/// The last third or less is lost, wherever that cuts.
pub fn truncated(article: &Original, random: &mut Random) -> Vec<Edit> {
    let length = article.text.len();
    let cut = length - random.below(length / 3 + 1);
    let cut = (0..=cut).rev().find(|at| article.text.is_char_boundary(*at)).unwrap_or(0);
    if cut < length { vec![Edit::replace(cut..length, "")] } else { Vec::new() }
}

/// UTF-8 that was read as Windows-1252.
pub fn mojibake(article: &Original) -> Vec<Edit> {
    each(article, |c| {
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).as_bytes();
        (!c.is_ascii()).then(|| bytes.iter().map(|b| windows_1252(*b)).collect())
    })
}

/// Every character beyond ASCII is the one that stands for what could not be read.
pub fn unreadable(article: &Original) -> Vec<Edit> {
    each(article, |c| (!c.is_ascii()).then(|| "\u{fffd}".to_owned()))
}

/// The character that Windows-1252 has for a byte; where it has none, the control character of the same number, as browsers read it.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if (0x80..0xa0).contains(&byte) { HIGH[usize::from(byte) - 0x80] } else { char::from(byte) }
}

/// Tags that were left around paragraphs and in them.
pub fn tags(article: &Original) -> Vec<Edit> {
    let around = |p: &std::ops::Range<usize>| [Edit::insert(p.start, "<p>"), Edit::insert(p.end, "</p>")];
    article.paragraphs.iter().filter(|p| !p.is_empty()).flat_map(around).collect()
}

/// Marks, ampersands and dashes as the entities of a page.
pub fn entities(article: &Original) -> Vec<Edit> {
    each(article, |c| {
        Some(match c {
            '“' => "&ldquo;".to_owned(),
            '”' => "&rdquo;".to_owned(),
            '"' => "&quot;".to_owned(),
            '‘' => "&lsquo;".to_owned(),
            '’' => "&#8217;".to_owned(),
            '\'' => "&#39;".to_owned(),
            '—' => "&mdash;".to_owned(),
            '–' => "&ndash;".to_owned(),
            '&' => "&amp;".to_owned(),
            '\u{a0}' => "&nbsp;".to_owned(),
            _ => return None,
        })
    })
}

/// A wire's dateline before the first paragraph that says something.
pub fn wire(article: &Original) -> Vec<Edit> {
    let first = article.sentences.iter().find(|s| article.text[(*s).clone()].ends_with(['.', '”', '"']));
    first.map(|s| Edit::insert(article.paragraphs[article.paragraph(s.start)].start, "HALVERN, Osterland (AP) — ")).into_iter().collect()
}

/// Letters and stops taken for others, in one word of thirty.
pub fn scanned(article: &Original, random: &mut Random) -> Vec<Edit> {
    const TAKEN: &[(&str, &str)] = &[("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("O", "0"), ("e", "c"), ("h", "b"), (",", ".")];
    let mut edits = Vec::new();
    let mut at = 0;
    for word in article.text.split_inclusive(char::is_whitespace) {
        if random.below(30) == 0 {
            let (from, to) = TAKEN[random.below(TAKEN.len())];
            edits.extend(word.find(from).map(|place| Edit::replace(at + place..at + place + from.len(), to)));
        }
        at += word.len();
    }
    edits
}

/// Lines of 72 characters.
pub fn wrapped(article: &Original) -> Vec<Edit> {
    const WIDTH: usize = 72;
    let mut edits = Vec::new();
    for paragraph in &article.paragraphs {
        let mut column = 0;
        let mut at = paragraph.start;
        for word in article.text[paragraph.clone()].split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if column > 0 && column + length > WIDTH && article.text[..at].ends_with(' ') {
                edits.push(Edit::replace(at - 1..at, "\n"));
                column = 0;
            }
            column += word.chars().count();
            at += word.len();
        }
    }
    edits
}

fn breaks(article: &Original, with: &'static str) -> impl Iterator<Item = Edit> {
    let gaps = article.paragraphs.windows(2).map(|p| p[0].end..p[1].start);
    gaps.filter(|g| article.text.get(g.clone()).is_some_and(|t| t.contains('\n'))).map(move |g| Edit::replace(g, with))
}

fn each(article: &Original, with: impl Fn(char) -> Option<String>) -> Vec<Edit> {
    article.text.char_indices().filter_map(|(at, c)| Some(Edit::replace(at..at + c.len_utf8(), with(c)?))).collect()
}

fn one(edits: &[Edit], random: &mut Random) -> Vec<Edit> {
    if edits.is_empty() { Vec::new() } else { vec![edits[random.below(edits.len())].clone()] }
}
