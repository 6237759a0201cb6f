//! Mends a text that was damaged on its way: characters read in the wrong encoding or not at all, entities and tags of a page.

use super::entities;
use crate::span::Span;

/// The most bytes of a tag or comment that is left in a text.
const LONGEST_TAG: usize = 400;

/// A text put right, and where its characters come from.
#[derive(Clone, Debug)]
pub(crate) struct Mended {
    /// The text as it should be.
    pub(crate) text: String,
    /// What stands where in the mended and in the original text, ascending.
    changes: Vec<Change>,
}

/// Characters that stand in the mended text for others in the original.
#[derive(Clone, Copy, Debug)]
struct Change {
    mended: Span,
    original: Span,
}

impl Mended {
    /// The bytes of the original that a span of the mended text stands for.
    ///
    /// # Panics
    /// If the span is empty.
    pub(crate) fn back(&self, span: Span) -> Span {
        let begin = self.place(span.begin()).begin();
        let end = self.place(span.end() - 1).end();
        Span::new(begin, end.max(begin))
    }

    /// Where the byte at a place of the mended text comes from: all of a change, or itself.
    fn place(&self, at: u32) -> Span {
        let next = self.changes.partition_point(|c| c.mended.begin() <= at);
        // What was taken out stands before the byte at its place.
        match next.checked_sub(1).map(|i| self.changes[i]) {
            Some(change) if at < change.mended.end() => change.original,
            Some(change) => {
                let from = change.original.end() + (at - change.mended.end());
                Span::new(from, from + 1)
            }
            None => Span::new(at, at + 1),
        }
    }
}

/// The text put right, if there is something to mend.
pub(crate) fn mend(text: &str) -> Option<Mended> {
    let mut mended: Option<Mended> = None;
    let mut done = 0;
    let mut quoting = false;
    for (at, byte) in text.bytes().enumerate() {
        if at < done {
            continue;
        }
        let found = match byte {
            b'\n' => {
                quoting = false;
                None
            }
            b'&' => entities::read(&text[at..]).map(|(length, c)| (length, Some(c))),
            b'<' => tag(&text[at..]),
            0xC3 => misread(&text[at..]).map(|(length, c)| (length, Some(c))),
            0xEF => unreadable(text, at, quoting),
            _ => None,
        };
        let Some((length, with)) = found else { continue };
        quoting = with.map_or(quoting, |c| c == '“' || quoting && c != '”');
        let mended = mended.get_or_insert_with(|| Mended { text: String::with_capacity(text.len()), changes: Vec::new() });
        mended.text.push_str(&text[done..at]);
        let begin = mended.text.len() as u32;
        mended.text.extend(with);
        done = at + length;
        mended.changes.push(Change { mended: Span::new(begin, mended.text.len() as u32), original: Span::new(at as u32, done as u32) });
    }
    if let Some(mended) = &mut mended {
        mended.text.push_str(&text[done..]);
    }
    mended
}

/// A character of UTF-8 that was read as Windows-1252: "â€œ" for “, "Ã©" for é. Its length as it stands, and what it is.
fn misread(rest: &str) -> Option<(usize, char)> {
    let mut chars = rest.chars();
    let lead = chars.next()?;
    let mut length = lead.len_utf8();
    let mut follow = || {
        let c = chars.next()?;
        let byte = entities::windows_byte(c).filter(|b| (0x80..0xC0).contains(b))?;
        length += c.len_utf8();
        Some(u32::from(byte) & 0x3F)
    };
    let code = match lead {
        'Â' => 2 << 6 | follow().filter(|low| *low >= 0x20)?,
        'Ã' => 3 << 6 | follow()?,
        'â' => match (follow()?, follow()) {
            (high, Some(low)) => 2 << 12 | high << 6 | low,
            // The last of the three has no character in Windows-1252, and was lost.
            (0, None) => u32::from('”'),
            _ => return None,
        },
        _ => return None,
    };
    char::from_u32(code).map(|c| (length, c))
}

/// A mark that could not be read, told by what stands around it; there may be one sign for each of its bytes.
fn unreadable(text: &str, at: usize, quoting: bool) -> Option<(usize, Option<char>)> {
    const SIGN: char = '\u{fffd}';
    let rest = &text[at..];
    let length = rest.chars().take_while(|c| *c == SIGN).take(3).map(char::len_utf8).sum::<usize>();
    if length == 0 {
        return None;
    }
    let before = text[..at].chars().next_back().filter(|c| !c.is_whitespace());
    let behind = rest[length..].chars().next().filter(|c| !c.is_whitespace());
    let word = rest[length..].split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let letters = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mark = match (before, behind) {
        _ if letters(before) && matches!(word, "s" | "t" | "re" | "ve" | "ll" | "d" | "m") => '’',
        (None | Some('(' | '[' | '—' | '–' | '-'), Some(c)) if c.is_alphabetic() => '“',
        (Some(c), None) if c.is_alphabetic() && !quoting => '’',
        (Some(_), None | Some(',' | '.' | ';' | ':' | ')' | '?' | '!' | '—')) if quoting => '”',
        (None, None) if !before_line(text, at) => '—',
        _ => return None,
    };
    Some((length, Some(mark)))
}

/// Whether nothing stands before a place in its line.
fn before_line(text: &str, at: usize) -> bool {
    text[..at].ends_with('\n') || at == 0
}

/// Tags inside a line, sorted.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Tags that begin a line, sorted.
const BLOCK: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// A tag or a comment that was left in the text: its length, and the line end that stands for it, if it begins a line.
fn tag(rest: &str) -> Option<(usize, Option<char>)> {
    let most = rest.len().min(LONGEST_TAG);
    let bytes = &rest.as_bytes()[..most];
    if bytes.starts_with(b"<!--") {
        return memchr::memmem::find(bytes, b"-->").map(|end| (end + 3, None));
    }
    let name_at = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    let length = bytes[name_at..].iter().take(11).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = rest[name_at..name_at + length].to_ascii_lowercase();
    let block = BLOCK.binary_search(&name.as_str()).is_ok();
    if !block && INLINE.binary_search(&name.as_str()).is_err() {
        return None;
    }
    let behind = *bytes.get(name_at + length)?;
    if !(behind == b'>' || behind == b'/' || behind.is_ascii_whitespace()) {
        return None;
    }
    let end = bytes[1..].iter().position(|b| matches!(b, b'<' | b'>'))? + 1;
    (bytes[end] == b'>').then_some((end + 1, block.then_some('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        mend(text).map_or_else(|| "as it was".to_owned(), |m| m.text)
    }

    #[test]
    fn a_whole_text_is_left_alone() {
        for text in ["", "“Ça va,” dit-il. Â and Ã are letters, AT&T pays <5 %, x<y>z", "R&D; 3 < 4 > 2", "\u{fffd}", "SÃO PAULO, Câmara"]
        {
            assert!(mend(text).is_none(), "{text:?} became {:?}", mended(text));
        }
    }

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_put_right() {
        assert_eq!(mended("â€œWe canâ€™t,â€\u{9d} said JosÃ© â€” twiceâ€¦ for Â£5"), "“We can’t,” said José — twice… for £5");
        assert_eq!(mended("â€œNo,â€ she said."), "“No,” she said.", "the last byte of a closing mark is often lost");
    }

    #[test]
    fn what_could_not_be_read_is_told_by_its_neighbours() {
        assert_eq!(mended("\u{fffd}We can\u{fffd}t,\u{fffd} she said \u{fffd} twice."), "“We can’t,” she said — twice.");
        assert_eq!(mended("\u{fffd}\u{fffd}\u{fffd}No,\u{fffd}\u{fffd}\u{fffd} she said."), "“No,” she said.");
        assert_eq!(mended("the workers\u{fffd} union"), "the workers’ union");
        assert_eq!(mended("Andr\u{fffd} left"), "Andr’ left", "a lost letter is not guessed");
    }

    #[test]
    fn entities_and_tags_are_read() {
        assert_eq!(mended("&ldquo;No,&#8221; R&amp;D&#x27;s &amp;quot;head&amp;quot; said"), "“No,” R&D's \"head\" said");
        assert_eq!(mended("<p class=\"a\">“No,” <em>she</em> said.<br/>It rained.</p><!-- more -->"), "\n“No,” she said.\nIt rained.\n");
    }

    #[test]
    fn every_place_leads_back() {
        let original = "<p>â€œNo,â€\u{9d} Ana <b>Ruiz</b> said.</p>";
        let mended = mend(original).expect("something to mend");
        let back = |words: &str| {
            let begin = mended.text.find(words).expect("words of the text") as u32;
            mended.back(Span::new(begin, begin + words.len() as u32)).text(original)
        };
        assert_eq!(back("“No,”"), "â€œNo,â€\u{9d}");
        assert_eq!(back("Ruiz"), "Ruiz");
        assert_eq!(back("Ana Ruiz said"), "Ana <b>Ruiz</b> said");
        assert_eq!(back("said."), "said.");
    }

    #[test]
    fn the_tables_can_be_searched() {
        assert!(INLINE.is_sorted() && BLOCK.is_sorted());
    }
}
