//! A page with a bar a speaker: one file, no script, no network.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::speakers::survey::{Member, SpeakerSum, Totals};
use crate::view::{CAST, COLOURS, escaped};
use crate::writers::page::json_line;

/// What the page looks like.
const STYLE: &str = include_str!("page.css");

/// Writes the speakers as a self-contained HTML page; everything that comes from an article is escaped.
///
/// # Errors
/// If `out` fails.
pub fn page(mut out: impl Write, speakers: &[SpeakerSum], totals: &Totals) -> io::Result<()> {
    let Totals { articles, counts, unattributed, .. } = totals;
    let most = speakers.iter().map(|s| s.share_of_quoted_words).fold(0.0, f64::max);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Who speaks</title>\n<style>\n{COLOURS}{CAST}{STYLE}</style>\n</head>\n<body class=\"sayso\">\n<main>\n<h1>Who speaks</h1>\n<p>{} speakers, {} statements in \
         {articles} articles; of {unattributed} statements the article does not tell who made them.</p>\n<table>\n<caption>Speakers by \
         their statements. The bar is the share of all words in quotation marks.</caption>\n<thead>\n<tr><th scope=\"col\">Speaker</th>\
         <th scope=\"col\">Statements</th><th scope=\"col\">Direct</th><th scope=\"col\">Mixed</th><th scope=\"col\">Indirect</th>\
         <th scope=\"col\">Words</th><th scope=\"col\">Quoted words</th><th scope=\"col\">Acts</th><th scope=\"col\">Articles</th></tr>\n\
         </thead>\n<tbody>\n",
        totals.speakers, counts.statements
    )?;
    speakers.iter().try_for_each(|speaker| out.write_all(row(speaker, most).as_bytes()))?;
    out.write_all(b"</tbody>\n</table>\n</main>\n</body>\n</html>\n")
}

fn row(speaker: &SpeakerSum, most: f64) -> String {
    let counts = &speaker.counts;
    let about: Vec<&str> =
        std::iter::once(speaker.kind).chain(speaker.roles.iter().chain(&speaker.affiliations).map(|words| &**words)).collect();
    let share = speaker.share_of_quoted_words;
    let bar = if most > 0.0 { share / most * 100.0 } else { 0.0 };
    let acts: Vec<String> = counts.acts_by_count().iter().map(|(act, count)| format!("{act}&nbsp;{count}")).collect();
    let mut row = format!(
        "<tr><th scope=\"row\">{}<small>{}</small></th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
         <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"share\"><span class=\"bar c1\"><span style=\"width:{bar:.1}%\"></span></span>\
         <span>{:.1}&nbsp;%</span></td><td>{}</td>",
        escaped(&speaker.name),
        escaped(&about.join(" · ")),
        counts.statements,
        counts.direct,
        counts.mixed,
        counts.indirect,
        counts.words,
        share * 100.0,
        acts.join(", "),
    );
    let _ = writeln!(row, "<td>{}</td></tr>", articles(speaker));
    row
}

/// How many, from when to when; opened, which.
fn articles(speaker: &SpeakerSum) -> String {
    let days = match (&speaker.first, &speaker.last) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    let item = |member: &Member| format!("<li>{}: {}, {}</li>", escaped(&member.document), escaped(&member.name), member.statements);
    let items: String = speaker.merged.iter().map(item).collect();
    format!("<details><summary>{}{days}</summary><ul>{items}</ul></details>", speaker.articles)
}

/// Writes the speakers and the totals as one JSON object.
///
/// # Errors
/// If `out` fails.
pub fn json(out: impl Write, speakers: &[SpeakerSum], totals: &Totals) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Sums<'s> {
        totals: &'s Totals,
        speakers: &'s [SpeakerSum],
    }
    json_line(out, &Sums { totals, speakers })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;
    use crate::speakers::{ArticleCast, Merge, Survey};

    #[test]
    fn what_an_article_brings_is_escaped() {
        let text = "“No,” said Ana <img src=x onerror=alert(1)> Ruiz. “</style><script>alert(1)</script>,” said O'Neil.";
        let article = Article { document: "<script>\"'&".to_owned(), text: text.to_owned(), ..Article::default() };
        let mut cast = ArticleCast::of(&article, &sayso::Extractor::english().extract(text));
        for line in &mut cast.speakers {
            line.name.push_str("</th><script>alert(1)</script>");
            line.role = Some("\" onclick=\"alert(1)".to_owned());
            line.affiliation = Some("<b>".to_owned());
        }
        let mut survey = Survey::new(Merge::NameAndAffiliation);
        survey.add(cast);
        let (speakers, totals) = survey.finish();
        let mut html = Vec::new();
        page(&mut html, &speakers, &totals).expect("memory");
        let html = String::from_utf8(html).expect("text");
        assert!(!speakers.is_empty() && html.contains("&lt;script&gt;&quot;"), "{html}");
        assert!(!html.contains("<script") && !html.contains("\" onclick") && !html.contains("<b>") && !html.contains("<img"), "{html}");
    }
}
