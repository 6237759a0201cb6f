//! CSV as RFC 4180 has it: CRLF, cells quoted where they must be.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::writers::rows::{COLUMNS, StatementRow};

/// Writes the first row: the names of the columns.
///
/// # Errors
/// If `out` fails.
pub fn header(out: impl Write) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS.map(|(name, _)| name))?;
    table.flush()
}

/// Writes rows; with `safe`, a cell that a spreadsheet would run as a formula begins with an apostrophe.
///
/// # Errors
/// If `out` fails.
pub fn rows<'r>(out: impl Write, rows: impl IntoIterator<Item = &'r StatementRow>, safe: bool) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    for row in rows {
        let cells = row.cells();
        table.write_record(cells.iter().map(|cell| if safe { defused(cell) } else { Cow::Borrowed(&**cell) }.into_owned()))?;
    }
    table.flush()
}

pub(crate) fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_is_defused_only_when_asked() {
        let row =
            StatementRow { document: "=1+1".to_owned(), content: "“No, \"never\",”\nshe said".to_owned(), ..StatementRow::default() };
        let written = |safe| {
            let mut out = Vec::new();
            rows(&mut out, [&row], safe).expect("memory");
            String::from_utf8(out).expect("text")
        };
        assert!(written(false).starts_with("=1+1,0,"));
        assert!(written(true).starts_with("'=1+1,0,"));
        assert!(written(false).contains("\"“No, \"\"never\"\",”\nshe said\"") && written(false).ends_with(",0,0\r\n"));
    }
}
