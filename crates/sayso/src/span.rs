//! Places in a text, in bytes.

/// A half-open range of bytes of the text as it was given, on character boundaries.
///
/// ```
/// let span = sayso::Span::new(4, 8);
/// assert_eq!(span.text("The vote failed."), "vote");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    begin: u32,
    end: u32,
}

impl Span {
    /// A span from `begin` to `end`, in bytes.
    ///
    /// # Panics
    /// If `end` lies before `begin`.
    #[must_use]
    pub fn new(begin: u32, end: u32) -> Self {
        assert!(begin <= end, "a span of [{begin}, {end}) ends before it begins");
        Span { begin, end }
    }

    /// The first byte.
    #[must_use]
    pub fn begin(self) -> u32 {
        self.begin
    }

    /// The byte after the last.
    #[must_use]
    pub fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.begin
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.begin == self.end
    }

    /// The range as indices into the text's bytes.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// The words it covers in `text`.
    ///
    /// # Panics
    /// If the span lies outside `text` or splits one of its characters: it belongs to another text.
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies inside, edges included.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { begin: self.begin.min(other.begin), end: self.end.max(other.end) }
    }
}

/// One or more spans, ascending and apart: a content that its attribution interrupts has several.
///
/// ```
/// use sayso::{Span, Spans};
/// let text = "“We lost,” she said, “but narrowly.”";
/// let spans: Spans = [Span::new(0, 14), Span::new(25, 44)].into_iter().collect();
/// assert_eq!(spans.text(text), "“We lost,” … “but narrowly.”");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// The spans in ascending order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// The spans, one by one, ascending.
    pub fn iter(&self) -> std::slice::Iter<'_, Span> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The smallest span that covers them all, if there is any.
    #[must_use]
    pub fn cover(&self) -> Option<Span> {
        Some(self.0.first()?.cover(*self.0.last()?))
    }

    /// The words they cover in `text`, joined by `" … "`.
    ///
    /// # Panics
    /// If a span lies outside `text` or splits one of its characters.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut words = String::new();
        for (i, span) in self.0.iter().enumerate() {
            if i > 0 {
                words.push_str(" … ");
            }
            words.push_str(span.text(text));
        }
        words
    }
}

impl FromIterator<Span> for Spans {
    /// Sorts the spans, drops empty ones and joins those that overlap.
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut sorted: Vec<Span> = spans.into_iter().filter(|s| !s.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match joined.last_mut() {
                Some(last) if span.begin < last.end => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        Spans(joined)
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        std::iter::once(span).collect()
    }
}

impl<'a> IntoIterator for &'a Spans {
    type Item = &'a Span;
    type IntoIter = std::slice::Iter<'a, Span>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
