//! The formats that statements are written in: one table for the command, for Python and for whoever asks.

use std::path::Path;

/// What is written of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// One statement a line, as JSON.
    JsonLines,
    /// One article a line, as JSON, with its speakers and statements.
    Documents,
    /// One statement a row, RFC 4180.
    Csv,
    /// One statement a row.
    Parquet,
    /// One statement a line, as a W3C Web Annotation.
    Annotations,
    /// A page for a browser.
    Html,
    /// For people to read in a terminal.
    Text,
}

impl OutputFormat {
    /// Each format, its name, and what it is in a few words.
    pub const ALL: [(OutputFormat, &str, &str); 7] = [
        (OutputFormat::JsonLines, "jsonl", "One statement a line, as JSON"),
        (OutputFormat::Documents, "documents", "One article a line, as JSON, with its speakers and statements"),
        (OutputFormat::Csv, "csv", "One statement a row, with a header"),
        (OutputFormat::Parquet, "parquet", "One statement a row, compressed, with the spans of all parts"),
        (OutputFormat::Annotations, "annotations", "One statement a line, as a W3C Web Annotation (JSON-LD)"),
        (OutputFormat::Html, "html", "A page for a browser: the articles with their statements marked, and who speaks"),
        (OutputFormat::Text, "text", "For people to read in a terminal"),
    ];

    /// The format of a name.
    ///
    /// ```
    /// use sayso_corpus::writers::OutputFormat;
    /// assert_eq!(OutputFormat::named("html"), Some(OutputFormat::Html));
    /// assert_eq!(OutputFormat::named("yaml"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        OutputFormat::ALL.into_iter().find(|(_, known, _)| *known == name).map(|(format, ..)| format)
    }

    /// The format that a file's name asks for, ".parquet", ".csv" or ".html"; else none.
    ///
    /// ```
    /// use sayso_corpus::writers::OutputFormat;
    /// assert_eq!(OutputFormat::of_file("out/statements.csv".as_ref()), Some(OutputFormat::Csv));
    /// ```
    #[must_use]
    pub fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "parquet" => Some(OutputFormat::Parquet),
            "csv" => Some(OutputFormat::Csv),
            "html" => Some(OutputFormat::Html),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OutputFormat;

    #[test]
    fn every_name_leads_to_its_format() {
        for (format, name, _) in OutputFormat::ALL {
            assert_eq!(OutputFormat::named(name), Some(format));
        }
    }
}
