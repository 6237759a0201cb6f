//! Rows of a Parquet file, read group by group; only the columns of an article are unpacked.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::error::{InputError, Place, Problem};
use crate::readers::cells::{Cell, cell};
use crate::readers::compression::{Opened, damaged};
use crate::readers::records::{Content, Frames, Record};
use crate::readers::{Article, InputOptions};

/// Rows unpacked at once.
const BATCH: usize = 64;

/// Opens a Parquet file; one that comes compressed or through a pipe is first copied to a temporary file, for it is read from its end.
pub(crate) fn rows(path: &Path, name: Arc<str>, opened: Opened, options: &InputOptions) -> Result<Frames, Problem> {
    let Opened { mut input, compressed, .. } = opened;
    let file = if compressed || path == Path::new("-") || !path.is_file() {
        let mut copy = tempfile::tempfile()?;
        io::copy(&mut input, &mut copy).map_err(damaged)?;
        copy
    } else {
        File::open(path)?
    };
    if file.metadata()?.len() == 0 {
        return Ok(Box::new(std::iter::empty()));
    }
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new().with_skip_arrow_metadata(true)))?;
    let names: Vec<String> = metadata.schema().fields().iter().map(|field| field.name().clone()).collect();
    let fields = &options.fields;
    if !names.contains(&fields.text) {
        return Err(Problem::NoTextField { wanted: fields.text.clone(), there: names });
    }
    let wanted = [&fields.text, &fields.id, &fields.title, &fields.date].map(Clone::clone);
    Ok(Box::new(Rows { name, file, metadata, wanted, group: 0, rows: None, batch: None, number: 0, most: options.max_article }))
}

/// Rows of the groups of a file.
struct Rows {
    name: Arc<str>,
    file: File,
    metadata: ArrowReaderMetadata,
    /// The columns of text, id, title and date.
    wanted: [String; 4],
    /// The next row group.
    group: usize,
    rows: Option<ParquetRecordBatchReader>,
    batch: Option<(RecordBatch, usize)>,
    /// The row last read, from 1.
    number: u64,
    most: usize,
}

impl Rows {
    /// The next batch of rows, of this row group or the next; none at the end.
    fn next_batch(&mut self) -> Result<Option<RecordBatch>, Problem> {
        loop {
            if let Some(rows) = &mut self.rows {
                match guarded(|| rows.next().transpose()) {
                    Ok(Some(batch)) => return Ok(Some(batch)),
                    Ok(None) => self.rows = None,
                    Err(problem) => {
                        self.rows = None;
                        return Err(self.passed(problem));
                    }
                }
            }
            if self.group == self.metadata.metadata().num_row_groups() {
                return Ok(None);
            }
            self.group += 1;
            self.number = (0..self.group - 1).map(|group| self.metadata.metadata().row_group(group).num_rows() as u64).sum();
            match self.open_group(self.group - 1) {
                Ok(rows) => self.rows = Some(rows),
                Err(problem) => return Err(self.passed(problem)),
            }
        }
    }

    fn open_group(&self, group: usize) -> Result<ParquetRecordBatchReader, Problem> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.try_clone()?, self.metadata.clone());
        let mask = ProjectionMask::columns(builder.parquet_schema(), self.wanted.iter().map(String::as_str));
        guarded(|| builder.with_projection(mask).with_batch_size(BATCH).with_row_groups(vec![group]).build())
    }

    /// What is lost with a broken row group.
    fn passed(&self, problem: Problem) -> Problem {
        let groups = self.metadata.metadata().num_row_groups();
        match problem {
            Problem::BrokenParquet(said) => Problem::BrokenParquet(format!(
                "{said}; what is left of row group {} of {groups} is lost, the reading goes on at the next",
                self.group
            )),
            other => other,
        }
    }

    fn article(&self, batch: &RecordBatch, row: usize) -> Result<Article, Problem> {
        let [text, id, title, date] = self.wanted.each_ref().map(|name| batch.column_by_name(name).and_then(|column| cell(column, row)));
        let text = match text {
            Some(Cell::Words(text)) => text.to_owned(),
            Some(Cell::Other(found)) => return Err(Problem::NotAString { field: self.wanted[0].clone(), found }),
            Some(Cell::Number(_)) => return Err(Problem::NotAString { field: self.wanted[0].clone(), found: "a number" }),
            None => String::new(),
        };
        if text.len() > self.most {
            return Err(Problem::TooLong { most: self.most });
        }
        let words = |cell: Option<Cell<'_>>| match cell? {
            Cell::Words(words) => Some(words.to_owned()),
            Cell::Number(words) => Some(words),
            Cell::Other(_) => None,
        };
        Ok(Article { document: words(id).unwrap_or_default(), title: words(title), date: words(date), text, ..Article::default() })
    }
}

impl Iterator for Rows {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((batch, row)) = self.batch.take_if(|(batch, row)| *row < batch.num_rows()) {
                self.number += 1;
                let place = Some(Place::Row(self.number));
                let article = self.article(&batch, row).map_err(|problem| InputError::at(&self.name, place, problem));
                self.batch = Some((batch, row + 1));
                return Some(article.map(|a| Record { path: Arc::clone(&self.name), place, content: Content::Cells(a) }));
            }
            match self.next_batch() {
                Ok(Some(batch)) => self.batch = Some((batch, 0)),
                Ok(None) => return None,
                Err(problem) => {
                    self.batch = None;
                    return Some(Err(InputError::at(&self.name, Some(Place::Row(self.number + 1)), problem)));
                }
            }
        }
    }
}

/// Runs the Parquet reader, whose panics on damaged files are errors here.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, Problem> {
    match crate::guard::guarded(read) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Problem::BrokenParquet(error.to_string())),
        Err(said) => Err(Problem::BrokenParquet(said)),
    }
}
