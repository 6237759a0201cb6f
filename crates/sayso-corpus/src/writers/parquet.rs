//! Statements as Parquet: row groups, Zstandard, a schema that says what its columns hold.

use std::io::{self, Write};

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::writers::rows::StatementRow;
use crate::writers::table::{batch, schema};

/// Rows of a row group.
const GROUP: usize = 32_768;
/// Rows handed over at once.
const BATCH: usize = 1024;

/// A Parquet file that is being written.
pub struct ParquetWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
    rows: Vec<StatementRow>,
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
