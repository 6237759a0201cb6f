//! How a notebook shows a document: its text, each statement marked, its speaker beside it.

use std::fmt::Write as _;

use crate::article::{Article, Said};

/// A fragment of HTML that needs nothing but itself; all words of the article are escaped.
pub fn page(text: &str, article: &Article) -> String {
    let mut out = String::from("<div style=\"white-space: pre-wrap; line-height: 1.6; max-width: 48em\">");
    let mut ends = Spans::new(article);
    let mut open: Option<(usize, u32)> = None;
    for (at, c) in (0u32..).zip(text.chars()) {
        if open.is_some_and(|(_, end)| end <= at) {
            out.push_str("</mark>");
            open = None;
        }
        if open.is_none()
            && let Some((statement, end)) = ends.starting_at(at)
        {
            open = Some((statement, end));
            let _ = write!(out, "<mark style=\"background: {}\" title=\"", colour(&article.statements[statement]));
            label(article, statement).chars().for_each(|c| escape(c, &mut out));
            out.push_str("\">");
        }
        escape(c, &mut out);
    }
    if open.is_some() {
        out.push_str("</mark>");
    }
    out.push_str("</div>");
    out
}

/// The spans of all contents, ascending.
struct Spans {
    sorted: std::iter::Peekable<std::vec::IntoIter<(u32, u32, usize)>>,
}

impl Spans {
    fn new(article: &Article) -> Self {
        let numbered = article.statements.iter().enumerate();
        let mut spans: Vec<_> = numbered.flat_map(|(i, s)| s.content.spans.iter().map(move |&(begin, end)| (begin, end, i))).collect();
        spans.sort_unstable();
        Spans { sorted: spans.into_iter().peekable() }
    }

    /// The statement whose span begins here, and where that span ends; what began earlier, inside another, is passed over.
    fn starting_at(&mut self, at: u32) -> Option<(usize, u32)> {
        while self.sorted.next_if(|&(begin, ..)| begin < at).is_some() {}
        self.sorted.next_if(|&(begin, ..)| begin == at).map(|(_, end, statement)| (statement, end))
    }
}

fn label(article: &Article, statement: usize) -> String {
    let said = &article.statements[statement];
    let names: Vec<&str> = said.speakers.iter().map(|&id| article.speakers[id as usize].name.as_str()).collect();
    let who = if names.is_empty() { "nobody named".to_owned() } else { names.join("; ") };
    format!("{who}: {} {}", said.form, said.act)
}

fn colour(said: &Said) -> &'static str {
    match &*said.form {
        "direct" => "#cfe8cf",
        "mixed" => "#f6e7b4",
        _ => "#d6e4f5",
    }
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}
