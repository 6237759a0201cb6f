//! Web and e-mail addresses.

/// Endings of host names that news writes without "http".
const DOMAINS: &[&str] = &["ca", "co", "com", "edu", "eu", "gov", "info", "int", "io", "mil", "net", "news", "org", "tv", "uk"];

/// How far an address is looked for, in bytes; the text of a longer one is read as words.
const REACH: usize = 100;

/// Where the address that begins at a byte ends, if one does.
pub(super) fn end(text: &str, begin: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[begin..];
    if ["http://", "https://", "www.", "ftp://"].iter().any(|s| bytes.get(..s.len()).is_some_and(|b| b.eq_ignore_ascii_case(s.as_bytes())))
    {
        return Some(begin + path(text, begin));
    }
    let local = name(bytes);
    if bytes.get(local) == Some(&b'@') {
        let host = name(&bytes[local + 1..]);
        let host = trimmed(&bytes[local + 1..local + 1 + host]);
        return host.contains(&b'.').then_some(begin + local + 1 + host.len());
    }
    let host = trimmed(&bytes[..local]);
    let dot = host.iter().rposition(|b| *b == b'.').filter(|d| *d > 1)?;
    let domain = std::str::from_utf8(&host[dot + 1..]).ok()?;
    if DOMAINS.binary_search(&domain).is_err() || text[begin + host.len()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let rest = begin + host.len();
    Some(if text[rest..].starts_with('/') { rest + path(text, rest) } else { rest })
}

/// How many bytes a host's or a mailbox's name takes at most.
fn name(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take(REACH)
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+')))
        .unwrap_or(REACH.min(bytes.len()))
}

fn trimmed(name: &[u8]) -> &[u8] {
    let end = name.iter().rposition(|b| !matches!(b, b'.' | b'-')).map_or(0, |p| p + 1);
    &name[..end]
}

/// How many bytes go up to the next blank, without the punctuation that ends a sentence.
fn path(text: &str, begin: usize) -> usize {
    let rest = &text[begin..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '’' | '<' | '>' | '—')).unwrap_or(rest.len());
    rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']).len()
}
