//! Statements as Parquet: row groups, Zstandard, a schema that says what its columns hold.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::writers::rows::{COLUMNS, SPAN_COLUMNS, SpanList, StatementRow};

/// Rows of a row group.
const GROUP: usize = 32_768;
/// Rows handed over at once.
const BATCH: usize = 1024;

/// A Parquet file that is being written.
pub struct ParquetWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
    rows: Vec<StatementRow>,
}

/// The schema of [`StatementRow`] as Arrow has it.
#[must_use]
pub fn schema() -> Arc<Schema> {
    let required = ["document", "index", "form", "act", "content", "resolved_by", "confidence", "begin", "end"];
    let described = |field: Field, words: &str| field.with_metadata(HashMap::from([("description".to_owned(), words.to_owned())]));
    let column = |&(name, words): &(&str, &str)| {
        let kind = match name {
            "index" | "begin" | "end" => DataType::Int32,
            "confidence" => DataType::Float64,
            _ => DataType::Utf8,
        };
        described(Field::new(name, kind, !required.contains(&name)), words)
    };
    let list = |name: &&str| {
        let item = Field::new("item", DataType::Struct(span_fields()), true);
        described(Field::new(*name, DataType::List(Arc::new(item)), true), "Where the words stand: begin and end of each span, ascending")
    };
    let fields: Vec<Field> = COLUMNS.iter().map(column).chain(SPAN_COLUMNS.iter().map(list)).collect();
    Arc::new(Schema::new(fields))
}

fn span_fields() -> Fields {
    Fields::from(vec![Field::new("begin", DataType::Int32, false), Field::new("end", DataType::Int32, false)])
}

/// Rows as an Arrow record batch of [`schema`].
///
/// # Panics
/// Never: the columns are made as the schema has them.
#[must_use]
pub fn batch(rows: &[StatementRow]) -> RecordBatch {
    let words = |cell: fn(&StatementRow) -> Option<&str>| {
        let mut column = StringBuilder::new();
        rows.iter().for_each(|row| column.append_option(cell(row)));
        Arc::new(column.finish()) as ArrayRef
    };
    let numbers = |cell: fn(&StatementRow) -> u32| {
        let mut column = Int32Builder::with_capacity(rows.len());
        rows.iter().for_each(|row| column.append_value(cell(row).cast_signed()));
        Arc::new(column.finish()) as ArrayRef
    };
    let mut confidence = Float64Builder::with_capacity(rows.len());
    rows.iter().for_each(|row| confidence.append_value(row.confidence));
    let mut columns = vec![
        words(|row| Some(&row.document)),
        numbers(|row| row.index),
        words(|row| Some(&row.form)),
        words(|row| Some(&row.act)),
        words(|row| row.speaker.as_deref()),
        words(|row| row.speaker_kind.as_deref()),
        words(|row| row.role.as_deref()),
        words(|row| row.affiliation.as_deref()),
        words(|row| Some(&row.content)),
        words(|row| row.cue.as_deref()),
        words(|row| row.cue_lemma.as_deref()),
        words(|row| row.source.as_deref()),
        words(|row| row.addressee.as_deref()),
        words(|row| row.topic.as_deref()),
        words(|row| row.when.as_deref()),
        words(|row| row.place.as_deref()),
        words(|row| Some(&row.resolved_by)),
        Arc::new(confidence.finish()),
        numbers(|row| row.begin),
        numbers(|row| row.end),
    ];
    columns.extend((0..SPAN_COLUMNS.len()).map(|at| spans(rows.iter().map(|row| row.span_lists()[at]))));
    RecordBatch::try_new(schema(), columns).expect("columns as the schema has them")
}

fn spans<'r>(lists: impl Iterator<Item = &'r SpanList>) -> ArrayRef {
    let mut column = ListBuilder::new(StructBuilder::from_fields(span_fields(), 0));
    for list in lists {
        for span in list {
            for (at, &offset) in span.iter().enumerate() {
                if let Some(offsets) = column.values().field_builder::<Int32Builder>(at) {
                    offsets.append_value(offset.cast_signed());
                }
            }
            column.values().append(true);
        }
        column.append(!list.is_empty());
    }
    Arc::new(column.finish())
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn new(out: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(io::Error::other)?))
            .set_max_row_group_row_count(Some(GROUP))
            .set_created_by(format!("sayso {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = ArrowWriter::try_new(out, schema(), Some(properties)).map_err(failed)?;
        Ok(ParquetWriter { writer, rows: Vec::new() })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// If the output fails.
    pub fn write(&mut self, rows: impl IntoIterator<Item = StatementRow>) -> io::Result<()> {
        for row in rows {
            self.rows.push(row);
            if self.rows.len() == BATCH {
                self.hand_over()?;
            }
        }
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.writer.write(&batch(&rows)).map_err(failed)
    }

    /// Writes what is left and the footer, and gives the output back.
    ///
    /// # Errors
    /// If the output fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.hand_over()?;
        self.writer.into_inner().map_err(failed)
    }
}

/// The system's error where there is one: its words and its kind are what a user can do something about.
fn failed(error: parquet::errors::ParquetError) -> io::Error {
    match error {
        parquet::errors::ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
