//! The characters that pages write as entities, and those of Windows-1252.

/// Entities by name, sorted: those that news has.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bdquo", '„'),
    ("bull", '•'),
    ("eacute", 'é'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("shy", '\u{ad}'),
    ("thinsp", '\u{2009}'),
];

/// The characters of Windows-1252 from byte 0x80 on; a control character where it has none.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that Windows-1252 has for a character beyond ASCII.
pub(super) fn windows_byte(c: char) -> Option<u8> {
    let high = WINDOWS.iter().position(|w| *w == c).map(|at| at as u8 + 0x80);
    high.or_else(|| u8::try_from(u32::from(c)).ok().filter(|b| *b >= 0xA0))
}

/// The entity that a text begins with: its length, and the character that it stands for.
pub(super) fn read(rest: &str) -> Option<(usize, char)> {
    let (mut length, mut c) = one(rest)?;
    // Written as an entity twice over: &amp;quot;
    if c == '&'
        && let Some((again, inner)) = one_behind(&rest[length..])
    {
        (length, c) = (length + again, inner);
    }
    Some((length, c))
}

fn one(rest: &str) -> Option<(usize, char)> {
    let (length, c) = one_behind(rest.strip_prefix('&')?)?;
    Some((length + 1, c))
}

/// An entity behind its ampersand.
fn one_behind(rest: &str) -> Option<(usize, char)> {
    let end = rest.bytes().take(9).position(|b| b == b';')?;
    let name = &rest[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMED[NAMED.binary_search_by_key(&name, |(n, _)| n).ok()?].1,
    };
    Some((end + 1, c))
}

/// The character of a number; 128 to 159 are those of Windows-1252, as every browser reads them.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = if (0x80..0xA0).contains(&code) { WINDOWS[code as usize - 0x80] } else { char::from_u32(code)? };
    (!c.is_control()).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_entity_is_text() {
        for text in ["&", "&;", "& more;", "&nosuch;", "&#;", "&#x;", "&#7;", "&#xd800;", "&ldquo", "&“;"] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(read("&#147;No"), Some((6, '“')));
        assert_eq!(read("&amp;ldquo;No"), Some((11, '“')));
        assert_eq!(read("&amp; more"), Some((5, '&')));
    }

    #[test]
    fn the_table_can_be_searched() {
        assert!(NAMED.is_sorted_by_key(|(name, _)| name));
    }
}
