//! Counts the word tables of cues: how often a word was a cue, by what follows it and by the setting it stands in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use sayso::cue::CueKind;
use sayso::cue::counts::{FRAMES, Seen, seen};
use sayso::text::Reading;
use sayso::{Model, quote, tag, text};

use crate::corpora::{Article, Result, Shared};
use crate::gold::attributions;

const FOLDER: &str = "crates/sayso-en/lexicon";
const SOURCE: &str =
    "source: counted on the training articles of PolNeAR 1.0 (Newell, Margolin, Ruths 2018); licence: counts, MIT OR Apache-2.0";
/// A noun that was a cue only once is left out.
const NOUN_CUES: u32 = 2;

/// How often a word was seen, how often it was a cue, and where its particle stood.
#[derive(Clone, Default)]
struct Count {
    cues: u32,
    seen: u32,
    particle_inside: u32,
    particle_seen: u32,
    frames: [(u32, u32); FRAMES.len()],
}

/// A word of an article with its gold: whether it is the main word of a cue, and whether its particle belongs to that cue.
struct Judged {
    word: Seen,
    cue: bool,
    particle: bool,
}

/// Counts the tables and writes them.
pub fn cues(shared: &Shared) -> Result<()> {
    let model = Model::english().map_err(|e| e.to_string())?;
    let (mut verbs, mut nouns) = (BTreeMap::new(), BTreeMap::new());
    let mut settings: BTreeMap<String, Count> = BTreeMap::new();
    for article in shared.articles("polnear/train.jsonl")? {
        for judged in judged(&article, &model) {
            count(settings.entry(judged.word.setting.clone()).or_default(), &judged);
            let table = if judged.word.kind == CueKind::Noun { &mut nouns } else { &mut verbs };
            for key in keys(&judged.word) {
                count(table.entry(key).or_default(), &judged);
            }
        }
    }
    write("cues", "verbs", &words(&verbs, 1))?;
    write("cue_nouns", "nouns", &words(&nouns, NOUN_CUES))?;
    let rows = settings.iter().filter(|(_, c)| c.seen >= 5).map(|(key, c)| format!("{key}\t{}/{}\n", c.cues, c.seen));
    write("cue_settings", "words, by the form of the verb and the word before it,", &rows.collect::<String>())
}

/// The rows that a word counts for: all words, the word with its particle, the word.
fn keys(word: &Seen) -> Vec<String> {
    let with = word.particle_form.as_ref().map(|p| format!("{} {p}", word.lemma));
    ["*".to_owned(), word.lemma.clone()].into_iter().chain(with).collect()
}

fn count(row: &mut Count, judged: &Judged) {
    let hit = u32::from(judged.cue);
    row.seen += 1;
    row.cues += hit;
    let frame = &mut row.frames[judged.word.frame];
    *frame = (frame.0 + hit, frame.1 + 1);
    if judged.cue && judged.word.particle.is_some() {
        row.particle_seen += 1;
        row.particle_inside += u32::from(judged.particle);
    }
}

/// The words of an article that could be cues, but those inside the content of another cue: of nested attributions the outermost counts.
fn judged(article: &Article, model: &Model) -> Vec<Judged> {
    let reading = text::read(&article.text);
    let quotes = quote::find(&article.text, &reading);
    let tags = tag::tag(&article.text, &reading, model);
    let words = seen(&article.text, &reading, &quotes, &tags, model);
    let (cue_of, inside) = painted(article, &reading);
    let main: BTreeSet<u32> = main_words(&words, &cue_of);
    let judged = |word: Seen| {
        let cue = main.contains(&word.head);
        let particle = word.particle.is_some_and(|p| cue && cue_of[p as usize] == cue_of[word.head as usize]);
        (cue || !inside[word.head as usize]).then_some(Judged { word, cue, particle })
    };
    words.into_iter().filter_map(judged).collect()
}

/// For each token the gold cue that it stands in, counted from 1, and whether it stands in a content.
fn painted(article: &Article, reading: &Reading) -> (Vec<usize>, Vec<bool>) {
    let (mut cue_of, mut inside) = (vec![0; reading.tokens.len()], vec![false; reading.tokens.len()]);
    for (i, gold) in attributions(article, reading).iter().enumerate() {
        gold.cue.iter().flat_map(|run| run.range()).for_each(|t| cue_of[t] = i + 1);
        gold.content.iter().flat_map(|run| run.range()).for_each(|t| inside[t] = true);
    }
    (cue_of, inside)
}

/// The main word of each gold cue: its last verb, else its last noun.
fn main_words(words: &[Seen], cue_of: &[usize]) -> BTreeSet<u32> {
    let mut main: BTreeMap<usize, (bool, u32)> = BTreeMap::new();
    for word in words.iter().filter(|w| cue_of[w.head as usize] > 0) {
        let verb = word.kind == CueKind::Verb;
        let best = main.entry(cue_of[word.head as usize]).or_insert((verb, word.head));
        if verb >= best.0 {
            *best = (verb, word.head);
        }
    }
    main.values().map(|&(_, head)| head).collect()
}

fn words(table: &BTreeMap<String, Count>, cues: u32) -> String {
    let mut rows = String::new();
    for (word, count) in table.iter().filter(|(word, count)| word.as_str() == "*" || keeps(word, count, cues)) {
        let cell = |(hits, seen): (u32, u32)| if seen == 0 { "-".to_owned() } else { format!("{hits}/{seen}") };
        let particle = if word.contains(' ') { cell((count.particle_inside, count.particle_seen)) } else { "-".to_owned() };
        let frames: Vec<String> = count.frames.iter().map(|&f| cell(f)).collect();
        rows.push_str(&format!("{word}\t{}\t{particle}\t{}\n", cell((count.cues, count.seen)), frames.join("\t")));
    }
    rows
}

/// Whether a word was a cue often enough to stand in the table, and is a word.
fn keeps(word: &str, count: &Count, cues: u32) -> bool {
    let phrase = word.contains(' ');
    let spelt = word.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''));
    spelt && count.cues >= cues.max(if phrase { 2 } else { 1 }) && count.seen >= 2 && (!phrase || count.particle_inside > 0)
}

fn write(name: &str, what: &str, rows: &str) -> Result<()> {
    let path = format!("{FOLDER}/{name}.tsv");
    let columns = if name == "cue_settings" {
        "form and word before\tcues/seen".to_owned()
    } else {
        format!("word\tcues/seen\twith particle\t{}", FRAMES.join("\t"))
    };
    let head = format!("# How often {what} were cues of a statement, outside the content of another. {SOURCE}\n# {columns}\n");
    fs::write(&path, head + rows).map_err(|e| format!("{path}: {e}"))
}
