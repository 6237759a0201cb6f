//! The figures as they are recorded: comma-separated lines that `eval` writes, and that floors and the model card read.

use std::fs;
use std::path::Path;

use sayso_corpus::score::Figure;

use crate::corpora::Result;

/// Where the figures are recorded, from the repository's root.
pub const RESULTS: &str = "crates/sayso-lab/results";

/// A comma-separated file: its header and its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without lines.
    pub fn new(name: &str, header: &[&str]) -> Self {
        Table { name: name.to_owned(), header: header.iter().map(|&h| h.to_owned()).collect(), rows: Vec::new() }
    }

    /// A table of figures; what a line tells of itself before its figure comes first.
    pub fn of_figures(name: &str, keys: &[&str]) -> Self {
        Table::new(name, &[keys, &["figure", "precision", "recall", "f1", "gold", "predicted"]].concat())
    }

    /// Adds a line.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.header.len(), "{}", self.name);
        self.rows.push(row);
    }

    /// Adds a figure; one that is a single number stands in the column "f1".
    pub fn push_figure(&mut self, keys: &[&str], figure: &str, value: &Figure) {
        let single = |n: String| [String::new(), String::new(), n, String::new(), String::new()];
        let cells = match value {
            Figure::Count(n) => single(n.to_string()),
            Figure::Percent(p) => single(p.to_string()),
            Figure::Prf(f) => [f.precision, f.recall, f.f1]
                .map(|n| n.to_string())
                .into_iter()
                .chain([f.gold, f.predicted].map(|n| n.to_string()))
                .collect::<Vec<_>>()
                .try_into()
                .unwrap_or_default(),
        };
        self.push(keys.iter().copied().chain([figure]).map(str::to_owned).chain(cells).collect());
    }

    /// The file's text.
    pub fn csv(&self) -> String {
        let lines = [&self.header].into_iter().chain(&self.rows);
        lines.map(|row| row.join(",") + "\n").collect()
    }

    /// Reads a file's text.
    pub fn parse(name: &str, text: &str) -> Result<Table> {
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let header = cells(lines.next().ok_or_else(|| format!("{name}: it is empty"))?.1);
        let mut rows = Vec::new();
        for (at, line) in lines {
            let row = cells(line);
            if row.len() != header.len() {
                return Err(format!("{name}:{}: {} cells, expected {}: {}", at + 1, row.len(), header.len(), header.join(",")));
            }
            rows.push(row);
        }
        Ok(Table { name: name.to_owned(), header, rows })
    }

    /// Reads a file of the folder.
    pub fn read(folder: &Path, name: &str) -> Result<Table> {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e} (`make eval` writes it)", path.display()))?;
        Table::parse(&path.display().to_string(), &text)
    }

    /// Writes the file into the folder.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(&self.name);
        fs::write(&path, self.csv()).map_err(|e| format!("{}: {e} (run it from the repository's root)", path.display()))
    }

    /// The lines, each cell found by its column.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }

    /// The single number of a set's figure; of several numbers the F1.
    pub fn figure(&self, set: &str, figure: &str) -> Result<f64> {
        let found = self.rows().find(|r| r.cell("set") == set && r.cell("figure") == figure);
        found.ok_or_else(|| format!("{}: no figure {figure:?} of {set:?}", self.name))?.number("f1")
    }
}

/// A line of a table.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    cells: &'t [String],
}

impl<'t> Row<'t> {
    /// The cell of a column; empty if there is no such column.
    pub fn cell(self, column: &str) -> &'t str {
        self.table.header.iter().position(|h| h == column).map_or("", |at| &self.cells[at])
    }

    /// The cell as a number.
    pub fn number(self, column: &str) -> Result<f64> {
        let cell = self.cell(column);
        cell.parse().map_err(|_| format!("{}: {:?} has {cell:?} as {column}, expected a number", self.table.name, self.cells.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_cell_too_few_is_named() {
        let why = Table::parse("made.csv", "# ours\nset,figure,f1\nx,all,4\nx,all\n").expect_err("a short line");
        assert_eq!(why, "made.csv:4: 2 cells, expected 3: set,figure,f1");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut table = Table::of_figures("made.csv", &["set"]);
        table.push_figure(&["x"], "documents", &Figure::Count(3));
        table.push_figure(&["x"], "share", &Figure::Percent(82.0));
        let read = Table::parse("made.csv", &table.csv()).expect("a table");
        assert_eq!(read, table);
        assert_eq!((read.figure("x", "share"), read.figure("x", "documents")), (Ok(82.0), Ok(3.0)));
        assert!(read.figure("x", "speed").expect_err("no such figure").contains("no figure \"speed\" of \"x\""));
    }
}
