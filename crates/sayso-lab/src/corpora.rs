//! The corpora as they lie in the shared folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Why the lab stopped: one line for a person.
pub type Result<T> = std::result::Result<T, String>;

/// The shared folder.
pub struct Shared(pub PathBuf);

/// A gold attribution: spans in code points.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// The words that name who said it.
    pub source: Vec<(u32, u32)>,
    /// The words that signal it.
    pub cue: Vec<(u32, u32)>,
    /// What was said.
    pub content: Vec<(u32, u32)>,
}

/// An annotated article.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Its name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its attributions.
    #[serde(default)]
    pub attributions: Vec<Gold>,
}

/// A word of a treebank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeWord {
    /// As it stands in the text.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Its Penn Treebank tag.
    pub tag: String,
    /// Its head, counted from 1; 0 for the root.
    pub head: u32,
    /// Its relation to the head.
    pub relation: String,
}

/// A sentence of a treebank.
pub type Tree = Vec<TreeWord>;

/// The articles of a JSON Lines file.
pub fn articles(path: &Path) -> Result<Vec<Article>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(i, l)| serde_json::from_str(l).map_err(|e| format!("{}:{}: {e}", path.display(), i + 1))).collect()
}

impl Shared {
    /// Whether the corpora are there.
    pub fn is_there(&self) -> bool {
        self.path("polnear/train.jsonl").is_file()
    }

    /// A file of the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join("data").join(name)
    }

    /// The articles of a JSON Lines file of the data folder.
    pub fn articles(&self, name: &str) -> Result<Vec<Article>> {
        articles(&self.path(name))
    }

    /// The documents of a UD treebank (CoNLL-U), each with its lines, but for those that are development articles: eleven of GUM's are.
    pub fn treebank_documents(&self, name: &str) -> Result<Vec<String>> {
        let text = unpack(&self.path(name))?;
        let held: BTreeSet<String> = self.articles("wikinews/dev.jsonl")?.into_iter().map(|a| a.id).collect();
        let mut documents: Vec<(bool, String)> = Vec::new();
        for line in text.lines() {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                documents.push((!held.contains(id.trim()), String::new()));
            } else if documents.is_empty() {
                documents.push((true, String::new()));
            }
            if let Some((_, lines)) = documents.last_mut() {
                lines.push_str(line);
                lines.push('\n');
            }
        }
        Ok(documents.into_iter().filter_map(|(kept, lines)| kept.then_some(lines)).collect())
    }

    /// The sentences of a UD treebank (CoNLL-U) that are in no development article.
    pub fn treebank(&self, name: &str) -> Result<Vec<Tree>> {
        let documents = self.treebank_documents(name)?;
        let trees = documents.iter().flat_map(|text| blocks(text).map(|block| block.filter_map(ud_word).collect::<Tree>()));
        Ok(trees.filter(|tree| !tree.is_empty()).collect())
    }

    /// The silver parses: the sentences of each article by its name.
    pub fn silver(&self, name: &str) -> Result<Vec<(String, Vec<Tree>)>> {
        let text = unpack(&self.path(name))?;
        let mut articles: Vec<(String, Vec<Tree>)> = Vec::new();
        for block in text.split("\n\n") {
            if let Some(id) = block.lines().find_map(|l| l.strip_prefix("# doc = ")) {
                articles.push((id.trim().to_owned(), Vec::new()));
            }
            let tree: Tree = block.lines().filter(|l| !l.starts_with('#')).filter_map(silver_word).collect();
            if let Some((_, trees)) = articles.last_mut().filter(|_| !tree.is_empty()) {
                trees.push(tree);
            }
        }
        Ok(articles)
    }
}

fn blocks(text: &str) -> impl Iterator<Item = impl Iterator<Item = &str>> {
    text.split("\n\n").map(|block| block.lines().filter(|l| !l.starts_with('#') && !l.is_empty()))
}

fn ud_word(line: &str) -> Option<TreeWord> {
    let columns: Vec<&str> = line.split('\t').collect();
    // Word ranges ("3-4") and empty nodes ("5.1") are not words of the tree.
    columns[0].parse::<u32>().ok()?;
    Some(TreeWord {
        form: columns[1].to_owned(),
        lemma: columns[2].to_owned(),
        tag: columns[4].to_owned(),
        head: columns[6].parse().ok()?,
        relation: columns[7].split(':').next().unwrap_or("dep").to_owned(),
    })
}

fn silver_word(line: &str) -> Option<TreeWord> {
    let columns: Vec<&str> = line.split('\t').collect();
    let bracket = |s: &str| match s {
        "-LRB-" => "(".to_owned(),
        "-RRB-" => ")".to_owned(),
        "-LSB-" => "[".to_owned(),
        "-RSB-" => "]".to_owned(),
        "-LCB-" => "{".to_owned(),
        "-RCB-" => "}".to_owned(),
        _ => s.to_owned(),
    };
    Some(TreeWord {
        form: bracket(columns.get(2)?),
        lemma: (*columns.get(3)?).to_owned(),
        tag: (*columns.get(4)?).to_owned(),
        head: columns.get(6)?.parse().ok()?,
        relation: (*columns.get(7)?).to_owned(),
    })
}

fn unpack(path: &Path) -> Result<String> {
    let file = fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut bytes = Vec::new();
    lzma_rs::xz_decompress(&mut BufReader::new(file), &mut bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    String::from_utf8(bytes).map_err(|e| format!("{}: {e}", path.display()))
}
