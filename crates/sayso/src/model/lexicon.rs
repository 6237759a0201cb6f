//! Word tables: tab-separated, one word or phrase a line, sorted, comments after "#".

use rustc_hash::FxHashMap;

use crate::error::ModelError;

/// One word table: a word or phrase in lower case, and what the table says of it.
#[derive(Debug, Default)]
pub struct Table {
    rows: FxHashMap<&'static str, &'static str>,
}

impl Table {
    /// Whether the word stands in the table.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.rows.contains_key(word)
    }

    /// The rest of the word's line (its other columns, still separated by tabs).
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&'static str> {
        self.rows.get(word).copied()
    }

    /// Column `index` of the word's line, counted from 0 after the word.
    #[must_use]
    pub fn column(&self, word: &str, index: usize) -> Option<&'static str> {
        self.get(word)?.split('\t').nth(index)
    }

    fn read(name: &str, text: &'static str) -> Result<Table, ModelError> {
        let mut rows = FxHashMap::default();
        let mut last = "";
        for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let (word, rest) = line.split_once('\t').unwrap_or((line, ""));
            if word <= last && !last.is_empty() {
                return Err(ModelError::Table {
                    table: name.to_owned(),
                    line: at + 1,
                    why: format!("{word:?} should stand before {last:?}, once"),
                });
            }
            last = word;
            rows.insert(word, rest);
        }
        Ok(Table { rows })
    }
}

/// All word tables of a language.
#[derive(Debug, Default)]
pub struct Lexicon {
    tables: FxHashMap<&'static str, Table>,
    empty: Table,
}

impl Lexicon {
    /// The table of that name; an empty one if there is none. Look it up once, not once a token.
    #[must_use]
    pub fn table(&self, name: &str) -> &Table {
        self.tables.get(name).unwrap_or(&self.empty)
    }

    /// Reads the tables.
    ///
    /// # Errors
    /// If a table's words are not sorted (by bytes) and unique.
    pub fn read(tables: &[(&'static str, &'static str)]) -> Result<Lexicon, ModelError> {
        let mut lexicon = Lexicon::default();
        for &(name, text) in tables {
            lexicon.tables.insert(name, Table::read(name, text)?);
        }
        Ok(lexicon)
    }
}
