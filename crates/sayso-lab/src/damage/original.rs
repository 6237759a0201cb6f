//! An undamaged article, as damage and comparison need it.

use std::ops::Range;

use sayso::{Extraction, Extractor, Layers};

/// An article that is whole, with what is found in it.
pub struct Original {
    /// Its name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What is found in it.
    pub extraction: Extraction,
    /// Its paragraphs, in bytes.
    pub paragraphs: Vec<Range<usize>>,
    /// Its sentences, in bytes.
    pub sentences: Vec<Range<usize>>,
    /// The double quotation marks that open or close a quotation.
    pub marks: Vec<Mark>,
}

/// A quotation mark of an undamaged article.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Its bytes.
    pub at: Range<usize>,
    /// Whether it opens, or closes.
    pub opens: bool,
}

impl Original {
    /// Reads an article.
    pub fn new(extractor: &Extractor, id: &str, text: &str) -> Original {
        let layers = extractor.layers(text);
        let range = |span: sayso::Span| span.range();
        Original {
            id: id.to_owned(),
            text: text.to_owned(),
            extraction: extractor.extract(text),
            paragraphs: layers.reading.paragraphs.iter().map(|p| range(p.span)).collect(),
            sentences: layers.reading.sentences.iter().map(|s| range(s.span)).collect(),
            marks: marks(text, &layers),
        }
    }

    /// The paragraph that a byte stands in or behind.
    pub fn paragraph(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|p| p.start <= at).saturating_sub(1)
    }
}

/// The double marks at the edges of the quotations, one of each paragraph's piece and edge, ascending.
fn marks(text: &str, layers: &Layers) -> Vec<Mark> {
    let mut marks = Vec::new();
    for quotation in &layers.quotes.quotations {
        for piece in &quotation.pieces {
            for (token, opens) in [(piece.begin, true), (piece.end - 1, false)] {
                let at = layers.reading.tokens[token as usize].span.range();
                if matches!(&text[at.clone()], "“" | "”" | "\"") {
                    marks.push(Mark { at, opens });
                }
            }
        }
    }
    marks.sort_by_key(|m| m.at.start);
    marks.dedup_by_key(|m| m.at.start);
    marks
}
