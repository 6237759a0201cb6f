//! Articles and statements as a database of Discourse Network Analyzer, version 3.
//!
//! `docs/speakers-and-networks.md` describes the tables and names their source.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use rusqlite::{Connection, params};
use sayso::{Extraction, Kind, Span, Speaker};
use tempfile::NamedTempFile;

use crate::readers::Article;
use crate::speakers::moment;
use crate::writers::{OffsetIndex, Offsets};

/// The tables, and the one coder and one statement type that every new database has.
const SCHEMA: &str = include_str!("dna.sql");

/// The longest text of a short field, in characters.
const SHORT: usize = 190;

/// The variables of the type "DNA Statement".
const PERSON: i64 = 1;
const ORGANIZATION: i64 = 2;
const CONCEPT: i64 = 3;
const AGREEMENT: i64 = 4;

/// An article as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnaArticle {
    title: String,
    text: String,
    author: String,
    source: String,
    /// Seconds since 1970; 0 where the article has no date.
    date: i64,
    statements: Vec<DnaStatement>,
}

/// A statement of one speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DnaStatement {
    /// From the first word of the content to its last, in UTF-16 units, as Java counts.
    span: [u32; 2],
    person: Actor,
    organization: Actor,
}

/// A person or an organisation, and what its entity's attributes say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Actor {
    name: String,
    kind: &'static str,
    role: String,
}

impl DnaArticle {
    /// Makes the rows of an article. A statement of several speakers is one for each; one whose speaker is not told has neither
    /// person nor organisation. The concept is left empty, for it is what the coder codes.
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn of(article: &Article, extraction: &Extraction) -> Self {
        let folded = Folded::of(&article.text);
        let index = OffsetIndex::new(&folded.text, Offsets::Utf16);
        let headline = extraction.headline.map(|span| span.text(&article.text));
        let title = article.title.as_deref().filter(|title| !title.trim().is_empty()).or(headline).unwrap_or(&article.document);
        let mut statements = Vec::new();
        for statement in &extraction.statements {
            let Some(span) = statement.content.cover().map(|span| index.pair(folded.span(span))) else { continue };
            let mut speakers: Vec<Option<&Speaker>> = extraction.speakers_of(statement).map(Some).collect();
            if speakers.is_empty() {
                speakers.push(None);
            }
            statements.extend(speakers.into_iter().map(|speaker| DnaStatement::of(span, speaker)));
        }
        DnaArticle {
            title: short(title),
            author: short(article.byline.as_deref().unwrap_or_default()),
            source: short(&article.document),
            date: article.date.as_deref().and_then(moment).map_or(0, |moment| moment.and_utc().timestamp()),
            text: folded.text,
            statements,
        }
    }
}

impl DnaStatement {
    fn of(span: [u32; 2], speaker: Option<&Speaker>) -> Self {
        let (mut person, mut organization) = (Actor::default(), Actor::default());
        if let Some(speaker) = speaker {
            let role = short(speaker.role.as_deref().unwrap_or_default());
            let actor = Actor { name: short(&speaker.name), kind: speaker.kind.name(), role };
            if matches!(speaker.kind, Kind::Person | Kind::Unnamed) {
                person = actor;
                organization.name = short(speaker.affiliation.as_deref().unwrap_or_default());
            } else {
                organization = actor;
            }
        }
        DnaStatement { span, person, organization }
    }
}

/// A text whose line ends are single characters, as Java's text fields count them.
struct Folded {
    text: String,
    /// Where the carriage returns stood that were taken out, in bytes.
    removed: Vec<u32>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let removed: Vec<u32> = text.match_indices("\r\n").map(|(at, _)| at as u32).collect();
        Folded { text: if removed.is_empty() { text.to_owned() } else { text.replace("\r\n", "\n") }, removed }
    }

    fn span(&self, span: Span) -> Span {
        let at = |byte: u32| byte - self.removed.partition_point(|&gone| gone < byte) as u32;
        Span::new(at(span.begin()), at(span.end()))
    }
}

/// Text that a short field takes: on one line, cut to 190 characters.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHORT) {
        Some(_) => line.chars().take(SHORT - 1).chain(['…']).collect(),
        None => line,
    }
}

/// A database that is being written, in a temporary file.
pub struct DnaWriter {
    database: Connection,
    file: NamedTempFile,
    /// The number of each entity, by its variable and its name.
    entities: HashMap<(i64, String), i64>,
}

impl DnaWriter {
    /// A database without documents, whose temporary file is made in a folder.
    ///
    /// # Errors
    /// If no temporary file can be made or written.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new().prefix(".sayso-").suffix(".dna").tempfile_in(folder)?;
        let database = Connection::open(file.path()).map_err(io::Error::other)?;
        // A crash loses the temporary file as a whole: nothing is gained by bringing each part of it to the disk.
        database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;").map_err(io::Error::other)?;
        database.execute_batch(SCHEMA).map_err(io::Error::other)?;
        Ok(DnaWriter { database, file, entities: HashMap::new() })
    }

    /// Adds an article.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn add(&mut self, article: &DnaArticle) -> io::Result<()> {
        self.insert(article).map_err(io::Error::other)
    }

    fn insert(&mut self, article: &DnaArticle) -> rusqlite::Result<()> {
        let DnaArticle { title, text, author, source, date, statements } = article;
        let sql = "INSERT INTO DOCUMENTS (Title, Text, Coder, Author, Source, Date) VALUES (?, ?, 1, ?, ?, ?)";
        self.database.prepare_cached(sql)?.execute(params![title, text, author, source, date])?;
        let document = self.database.last_insert_rowid();
        for DnaStatement { span, person, organization } in statements.iter().filter(|s| s.span[0] < s.span[1]) {
            let sql = "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (1, ?, ?, ?, 1)";
            self.database.prepare_cached(sql)?.execute(params![document, span[0], span[1]])?;
            let statement = self.database.last_insert_rowid();
            for (variable, actor) in [(PERSON, person), (ORGANIZATION, organization), (CONCEPT, &Actor::default())] {
                let entity = self.entity(variable, actor)?;
                let sql = "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)";
                self.database.prepare_cached(sql)?.execute(params![statement, variable, entity])?;
            }
            let sql = "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, 1)";
            self.database.prepare_cached(sql)?.execute(params![statement, AGREEMENT])?;
        }
        Ok(())
    }

    /// The number of an entity; a new one gets its attributes from the article that names it first.
    fn entity(&mut self, variable: i64, actor: &Actor) -> rusqlite::Result<i64> {
        if let Some(&there) = self.entities.get(&(variable, actor.name.clone())) {
            return Ok(there);
        }
        let sql = "INSERT INTO ENTITIES (VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)";
        self.database.prepare_cached(sql)?.execute(params![variable, actor.name])?;
        let entity = self.database.last_insert_rowid();
        for (attribute, value) in [("Type", actor.kind), ("Alias", ""), ("Notes", &*actor.role)] {
            let sql = "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue)
                       SELECT ?, ID, ? FROM ATTRIBUTEVARIABLES WHERE VariableId = ? AND AttributeVariable = ?";
            self.database.prepare_cached(sql)?.execute(params![entity, value, variable, attribute])?;
        }
        self.entities.insert((variable, actor.name.clone()), entity);
        Ok(entity)
    }

    /// Writes the whole database to `out`.
    ///
    /// # Errors
    /// If the temporary file cannot be brought to its end, or `out` fails.
    pub fn finish(self, mut out: impl Write) -> io::Result<()> {
        self.database.execute_batch("COMMIT;").map_err(io::Error::other)?;
        self.database.close().map_err(|(_, error)| io::Error::other(error))?;
        io::copy(&mut self.file.reopen()?, &mut out)?;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query<T: rusqlite::types::FromSql>(database: &Connection, sql: &str) -> Vec<T> {
        let mut prepared = database.prepare(sql).expect("it is SQL");
        let rows = prepared.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("values")
    }

    #[test]
    fn a_statement_has_person_organisation_and_place() {
        let text = "🚢 Port\r\n\r\n“We lost,” said Ana Ruiz, the mayor of Lorca.\r\n\r\nThe Council of Lorca denied it.";
        let date = Some("1970-01-02".to_owned());
        let article =
            Article { document: "a1".to_owned(), title: Some("Port".to_owned()), date, text: text.to_owned(), ..Article::default() };
        let extraction = sayso::Extractor::english().extract(text);
        let mut writer = DnaWriter::new(&std::env::temp_dir()).expect("a file");
        writer.add(&DnaArticle::of(&article, &extraction)).expect("written");
        let file = NamedTempFile::new().expect("a file");
        writer.finish(file.reopen().expect("open")).expect("written");

        let database = Connection::open(file.path()).expect("a database");
        assert_eq!(query::<String>(&database, "PRAGMA integrity_check"), ["ok"]);
        assert!(query::<i64>(&database, "SELECT 1 FROM pragma_foreign_key_check").is_empty());
        let names = "SELECT p.Value || '/' || o.Value FROM STATEMENTS s
                     JOIN DATASHORTTEXT dp ON dp.StatementId = s.ID AND dp.VariableId = 1 JOIN ENTITIES p ON p.ID = dp.Entity
                     JOIN DATASHORTTEXT dq ON dq.StatementId = s.ID AND dq.VariableId = 2 JOIN ENTITIES o ON o.ID = dq.Entity ORDER BY Start";
        assert_eq!(query::<String>(&database, names)[0], "Ana Ruiz/Lorca");
        assert_eq!(query::<i64>(&database, "SELECT Date FROM DOCUMENTS"), [86400]);
        let stored = query::<String>(&database, "SELECT Text FROM DOCUMENTS").remove(0);
        let [start, stop] =
            ["Start", "Stop"].map(|edge| query::<u32>(&database, &format!("SELECT {edge} FROM STATEMENTS ORDER BY Start"))[0]);
        let units: Vec<u16> = stored.encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&units[start as usize..stop as usize]), "“We lost,”");
    }

    #[test]
    fn a_long_name_is_cut_to_what_a_field_takes() {
        assert_eq!(short(&"é".repeat(300)).chars().count(), SHORT);
        assert_eq!(short(" Ana\n Ruiz "), "Ana Ruiz");
    }
}
