//! The table of a terminal.

use std::io::{self, Write};

use textwrap::core::display_width;

use crate::speakers::survey::{Member, SpeakerSum, Totals};
use crate::writers::page::{Layout, printable};

/// Columns that the figures need.
const FIGURES: usize = 49;
/// Cells of the longest bar.
const BAR: usize = 12;
/// Articles that are named of those that were joined.
const NAMED: usize = 3;

/// Writes a table for people: a line a speaker with a bar for the share of all quoted words, and below it who that is and which
/// articles it was joined from.
///
/// # Errors
/// If `out` fails.
pub fn table(mut out: impl Write, speakers: &[SpeakerSum], totals: &Totals, layout: Layout) -> io::Result<()> {
    let (bold, dim) = (layout.bold(), layout.dim());
    writeln!(out, "{}", headline(totals))?;
    if speakers.is_empty() {
        return Ok(());
    }
    let longest = speakers.iter().map(|s| display_width(&printable(&s.name))).max().unwrap_or(0);
    let width = longest.clamp(8, layout.width.saturating_sub(FIGURES + BAR).max(12));
    let head = format!("{:<width$} statements direct mixed indirect  words  quoted", "speaker");
    writeln!(out, "\n{dim}{head}{dim:#}")?;
    for speaker in speakers {
        let counts = &speaker.counts;
        let bar = bar(speaker.share_of_quoted_words);
        let figures =
            format!("{:>10} {:>6} {:>5} {:>8} {:>6}", counts.statements, counts.direct, counts.mixed, counts.indirect, counts.words);
        let share = format!("{:>5.1} %", speaker.share_of_quoted_words * 100.0);
        let line = format!("{bold}{}{bold:#} {figures} {share} {bar}", fitted(&speaker.name, width));
        writeln!(out, "{}", line.trim_end())?;
        for line in textwrap::wrap(&about(speaker), layout.width.saturating_sub(2).max(20)) {
            writeln!(out, "  {dim}{line}{dim:#}")?;
        }
    }
    Ok(())
}

/// "2 speakers, 5 statements in 3 articles, 1 of a speaker that is not named"
fn headline(totals: &Totals) -> String {
    let count = |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let Totals { articles, speakers, counts, unattributed } = totals;
    let unnamed = if *unattributed > 0 { format!("; of {unattributed} the article does not tell who made them") } else { String::new() };
    format!("{}, {} in {}{unnamed}", count(*speakers, "speaker"), count(counts.statements, "statement"), count(*articles, "article"))
}

/// Kind or role, affiliation, acts, dates, and where it is from.
fn about(speaker: &SpeakerSum) -> String {
    let mut parts = vec![speaker.roles.first().map_or(speaker.kind, |role| &**role).to_owned()];
    parts.extend(speaker.affiliations.first().map(ToString::to_string));
    let acts: Vec<String> = speaker.counts.acts_by_count().iter().map(|(act, count)| format!("{act} {count}")).collect();
    parts.push(acts.join(", "));
    match (&speaker.first, &speaker.last) {
        (Some(first), Some(last)) if first == last => parts.push(first.clone()),
        (Some(first), Some(last)) => parts.push(format!("{first} to {last}")),
        _ => {}
    }
    if speaker.merged.len() > 1 {
        parts.push(merged(speaker));
    }
    printable(&parts.join(" · ")).into_owned()
}

/// "3 articles: a1, a2 as “A. Ruiz”, a3"
fn merged(speaker: &SpeakerSum) -> String {
    let part = |member: &Member| {
        if member.name == speaker.name { member.document.to_string() } else { format!("{} as “{}”", member.document, member.name) }
    };
    let named: Vec<String> = speaker.merged.iter().take(NAMED).map(part).collect();
    let more = speaker.merged.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let articles = if speaker.articles == 1 { "1 article".to_owned() } else { format!("{} articles", speaker.articles) };
    format!("{articles}: {}{more}", named.join(", "))
}

/// A name in so many columns, filled up or cut.
fn fitted(name: &str, width: usize) -> String {
    let name = printable(name);
    let mut out = String::new();
    for c in name.chars() {
        let next = display_width(&out) + display_width(c.encode_utf8(&mut [0; 4]));
        if next + usize::from(display_width(&name) > width) > width {
            out.push('…');
            break;
        }
        out.push(c);
    }
    let room = width.saturating_sub(display_width(&out));
    out + &" ".repeat(room)
}

/// A bar of eighths of a cell.
fn bar(share: f64) -> String {
    let eighths = (share.clamp(0.0, 1.0) * (BAR * 8) as f64).round() as usize;
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_columns() {
        assert_eq!(fitted("Ana", 5), "Ana  ");
        assert_eq!(fitted("Ana Ruiz", 5), "Ana …");
        assert_eq!(fitted("東京都", 5), "東京…");
        assert_eq!(fitted("Ana\u{1b}[31m", 9), "Ana\u{FFFD}[31m ");
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!((bar(0.0), bar(1.0), bar(0.5)), (String::new(), "█".repeat(BAR), "█".repeat(BAR / 2)));
        assert_eq!(bar(1.0 / 96.0), "▏");
    }
}
