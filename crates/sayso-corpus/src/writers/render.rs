//! An article and its statements in the format that is wanted.

use std::io::{self, BufRead, Write};

use sayso::Extraction;

use crate::readers::Article;
use crate::view::{ArticleView, Reader};
use crate::writers::format::OutputFormat;
use crate::writers::output::Output;
use crate::writers::page::{self, Layout, json_line};
use crate::writers::rows::StatementRow;
use crate::writers::{DocumentRecord, Offsets, StatementRecord, annotations, csv};

/// Makes what is written of articles; any number of threads may use it.
#[derive(Clone, Debug)]
pub struct Renderer {
    /// The format.
    pub format: OutputFormat,
    /// What offsets count; those of annotations are code points, and a page has none.
    pub offsets: Offsets,
    /// Whether cells that a spreadsheet would run are defused.
    pub safe_csv: bool,
    /// How text for people is set.
    pub layout: Layout,
}

/// What is written of one article.
pub(crate) enum Rendered {
    Bytes(Vec<u8>),
    Rows(Vec<StatementRow>),
}

impl Renderer {
    pub(crate) fn render(&self, article: &Article, extraction: &Extraction) -> io::Result<Rendered> {
        let Article { document, text, .. } = article;
        let mut out = Vec::new();
        let statements = |offsets| StatementRecord::all(document, text, extraction, offsets);
        let rows = || statements(self.offsets).iter().map(StatementRow::from).collect::<Vec<_>>();
        match self.format {
            OutputFormat::JsonLines => statements(self.offsets).iter().try_for_each(|s| json_line(&mut out, s))?,
            OutputFormat::Documents => json_line(&mut out, &DocumentRecord::of(article, extraction, self.offsets))?,
            OutputFormat::Text => page::page(&mut out, &DocumentRecord::of(article, extraction, self.offsets), self.layout)?,
            OutputFormat::Annotations => annotations::annotations(&mut out, text, &statements(Offsets::Chars))?,
            OutputFormat::Html => {
                let record = &DocumentRecord::of(article, extraction, Offsets::Chars);
                Reader::default().article(&mut out, &ArticleView { text, date: article.date.as_deref(), record })?;
            }
            OutputFormat::Csv => csv::rows(&mut out, &rows(), self.safe_csv)?,
            OutputFormat::Parquet => return Ok(Rendered::Rows(rows())),
        }
        Ok(Rendered::Bytes(out))
    }
}

/// Takes what is rendered, in order.
pub(crate) enum Sink {
    Plain(Output),
    Page(Output),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::writers::parquet::ParquetWriter<Output>>),
    /// Rows as lines of JSON, of which the table is made at the end: a Parquet file cannot be gone on with.
    Spool(Output),
}

impl Sink {
    /// `begun`: what an earlier run wrote is there already.
    pub(crate) fn new(mut out: Output, format: OutputFormat, spool: bool, begun: bool) -> io::Result<Self> {
        match format {
            OutputFormat::Parquet if spool => Ok(Sink::Spool(out)),
            OutputFormat::Parquet => Sink::table(out),
            OutputFormat::Csv if !begun => {
                csv::header(&mut out)?;
                Ok(Sink::Plain(out))
            }
            OutputFormat::Html => {
                if !begun {
                    Reader::default().begin(&mut out)?;
                }
                Ok(Sink::Page(out))
            }
            _ => Ok(Sink::Plain(out)),
        }
    }

    #[cfg(feature = "parquet")]
    fn table(out: Output) -> io::Result<Self> {
        Ok(Sink::Parquet(Box::new(crate::writers::parquet::ParquetWriter::new(out)?)))
    }

    #[cfg(not(feature = "parquet"))]
    fn table(_: Output) -> io::Result<Self> {
        Err(io::Error::other("this build writes no Parquet: build it with the feature \"parquet\""))
    }

    pub(crate) fn write(&mut self, rendered: Rendered) -> io::Result<()> {
        match (self, rendered) {
            (Sink::Plain(out) | Sink::Page(out) | Sink::Spool(out), Rendered::Bytes(bytes)) => out.write_all(&bytes),
            (Sink::Plain(out) | Sink::Page(out) | Sink::Spool(out), Rendered::Rows(rows)) => {
                rows.iter().try_for_each(|row| json_line(&mut *out, row))
            }
            #[cfg(feature = "parquet")]
            (Sink::Parquet(table), Rendered::Rows(rows)) => table.write(rows),
            #[cfg(feature = "parquet")]
            (Sink::Parquet(_), Rendered::Bytes(_)) => Ok(()),
        }
    }

    /// Gives the system all that can be given before the end.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(out) | Sink::Page(out) | Sink::Spool(out) => out.flush(),
            #[cfg(feature = "parquet")]
            Sink::Parquet(_) => Ok(()),
        }
    }

    /// The bytes written so far, safe on the disk; none where the output is no file that can be gone on with.
    pub(crate) fn sync(&mut self) -> io::Result<Option<u64>> {
        match self {
            Sink::Plain(out) | Sink::Page(out) | Sink::Spool(out) => out.sync(),
            #[cfg(feature = "parquet")]
            Sink::Parquet(_) => Ok(None),
        }
    }

    /// The end of the output, with all that belongs there.
    pub(crate) fn close(self) -> io::Result<Output> {
        match self {
            Sink::Plain(out) | Sink::Spool(out) => Ok(out),
            Sink::Page(mut out) => Reader::default().end(&mut out).map(|()| out),
            #[cfg(feature = "parquet")]
            Sink::Parquet(table) => table.finish(),
        }
    }

    /// The output as it is when a run is cut off: what can be gone on with has no end yet.
    pub(crate) fn cut_off(self) -> io::Result<Output> {
        match self {
            Sink::Page(out) => Ok(out),
            other => other.close(),
        }
    }
}

/// Makes the table of a spool of rows.
#[cfg(feature = "parquet")]
pub(crate) fn table_of_spool(spool: impl BufRead, out: Output) -> io::Result<Output> {
    let mut table = crate::writers::parquet::ParquetWriter::new(out)?;
    for line in spool.lines() {
        table.write([serde_json::from_str::<StatementRow>(&line?)?])?;
    }
    table.finish()
}

/// Makes nothing: this build writes no Parquet.
#[cfg(not(feature = "parquet"))]
pub(crate) fn table_of_spool(_: impl BufRead, _: Output) -> io::Result<Output> {
    Err(io::Error::other("this build writes no Parquet"))
}
