//! A first reader: paragraphs by lines, sentences by stops, tokens by kinds of characters.

use super::{Paragraph, ParagraphKind, Reading, Sentence, Token, TokenKind, TokenRange, Words};
use crate::span::Span;

const STOPPED: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "sen.", "rep.", "gov.", "gen.", "jr.", "sr.", "st.", "no.", "inc.", "co.", "corp.", "ltd.", "vs.", "jan.",
    "feb.", "mar.", "apr.", "aug.", "sept.", "oct.", "nov.", "dec.", "lt.", "col.", "sgt.", "rev.", "prof.", "a.m.", "p.m.", "u.s.",
    "d.c.", "u.n.", "e.u.", "calif.", "fla.", "ala.", "ariz.", "ark.", "colo.", "conn.", "del.", "ga.", "ill.", "ind.", "kan.", "ky.",
    "la.", "md.", "mass.", "mich.", "minn.", "miss.", "mo.", "mont.", "neb.", "nev.", "okla.", "ore.", "pa.", "tenn.", "tex.", "va.",
    "vt.", "wash.", "wis.", "wyo.",
];

pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        paragraph(text, at, at + line.len(), &mut reading);
        at += line.len();
    }
    reading
}

fn paragraph(text: &str, begin: usize, end: usize, reading: &mut Reading) {
    let first = reading.tokens.len();
    tokens(text, begin, end, reading);
    let last = reading.tokens.len();
    if first == last {
        return;
    }
    let paragraph = reading.paragraphs.len() as u32;
    let sentences = reading.sentences.len() as u32;
    let mut start = first;
    for i in first..last {
        let next_capital = |j: usize| {
            reading
                .tokens
                .get(j)
                .is_some_and(|t| t.span.text(text).starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric() || c.is_numeric()))
        };
        let stop = matches!(reading.form(i), "." | "?" | "!" | "...");
        let closes = |j: usize| j < last && matches!(reading.form(j), "”" | "\"" | "''" | ")" | "'");
        let ends = if stop {
            let after_mark = closes(i + 1);
            !after_mark && next_capital(i + 1)
        } else if i > first && closes(i) && matches!(reading.form(i - 1), "." | "?" | "!" | "...") {
            next_capital(i + 1) && !closes(i + 1)
        } else {
            false
        };
        if ends || i + 1 == last {
            let tokens = TokenRange::new(start as u32, i as u32 + 1);
            let span = reading.tokens[start].span.cover(reading.tokens[i].span);
            for t in &mut reading.tokens[start..=i] {
                t.sentence = reading.sentences.len() as u32;
            }
            reading.sentences.push(Sentence { span, tokens, paragraph });
            start = i + 1;
        }
    }
    reading.paragraphs.push(Paragraph {
        span: reading.tokens[first].span.cover(reading.tokens[last - 1].span),
        kind: ParagraphKind::Prose,
        sentences: (sentences, reading.sentences.len() as u32),
        tokens: TokenRange::new(first as u32, last as u32),
    });
}

fn push(text: &str, begin: usize, end: usize, kind: TokenKind, tokens: &mut Vec<Token>, forms: &mut Words) {
    if begin < end {
        tokens.push(Token { span: Span::new(begin as u32, end as u32), kind, sentence: 0 });
        forms.push(&text[begin..end].to_lowercase().replace('’', "'"));
    }
}

fn tokens(text: &str, begin: usize, end: usize, reading: &mut Reading) {
    let (out, forms) = (&mut reading.tokens, &mut reading.forms);
    let chars: Vec<(usize, char)> = text[begin..end].char_indices().map(|(i, c)| (begin + i, c)).collect();
    let place = |i: usize| chars.get(i).map_or(end, |c| c.0);
    let get = |i: usize| chars.get(i).map_or('\n', |c| c.1);
    let mut i = 0;
    while i < chars.len() {
        let c = get(i);
        if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}') {
            i += 1;
        } else if c.is_alphanumeric() {
            let mut j = i + 1;
            while get(j).is_alphanumeric()
                || matches!(get(j), '-' | '\'' | '’' | '.' | ',' | '&')
                    && get(j + 1).is_alphanumeric()
                    && (get(j) != ',' || get(j + 1).is_numeric() && get(j - 1).is_numeric())
                    && (get(j) != '.' || get(j + 1).is_alphanumeric())
            {
                j += 1;
            }
            let word = text[place(i)..place(j)].to_lowercase();
            let dotted = word.contains('.') || word.len() == 1 && c.is_uppercase() || STOPPED.contains(&format!("{word}.").as_str());
            if get(j) == '.' && dotted && !word.starts_with(|c: char| c.is_numeric()) {
                j += 1;
            }
            let kind = if c.is_numeric() { TokenKind::Number } else { TokenKind::Word };
            let word = text[place(i)..place(j)].to_lowercase().replace('’', "'");
            let cut = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"].iter().find(|s| word.ends_with(**s) && word.len() > s.len());
            match cut {
                Some(suffix) => {
                    let middle = place(j - suffix.chars().count());
                    push(text, place(i), middle, kind, out, forms);
                    push(text, middle, place(j), TokenKind::Word, out, forms);
                }
                None => push(text, place(i), place(j), kind, out, forms),
            }
            i = j;
        } else {
            let mut j = i + 1;
            if matches!(c, '-' | '.' | '`') || c == '\'' && get(i + 1) == '\'' {
                while get(j) == c {
                    j += 1;
                }
            }
            let kind = if matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '`') {
                TokenKind::Mark
            } else if matches!(c, '$' | '%' | '&') {
                TokenKind::Symbol
            } else {
                TokenKind::Punctuation
            };
            push(text, place(i), place(j), kind, out, forms);
            i = j;
        }
    }
}
