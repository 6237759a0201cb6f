//! Statements as a table that any library of tables reads without a copy.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use sayso::Extractor;
use sayso_corpus::writers::rows::StatementRow;
use sayso_corpus::writers::table::{batch, schema};
use sayso_corpus::{Offsets, StatementRecord};

use crate::arrow::{self, Chunks};
use crate::strings::{self, Strings, in_words};
use crate::threads::Threads;

/// Rows of a batch, at least: what is handed on at once.
const BATCH: usize = 8192;

/// One row a statement, in the columns of `sayso extract --format parquet`.
///
/// pyarrow, pandas, polars, duckdb and every other library that speaks the Arrow PyCapsule interface read it without a copy: with
/// `said = sayso.to_table(texts)`, `pyarrow.table(said)`, `pandas.DataFrame.from_arrow(said)`, `polars.DataFrame(said)`,
/// `duckdb.sql("from said")`.
///
/// >>> import sayso
/// >>> table = sayso.to_table(["“We lost,” said Ana Ruiz.", "It rained."])
/// >>> table
/// Table(1 statement)
/// >>> table.column_names[:4]
/// ('document', 'index', 'form', 'act')
#[pyclass(frozen, module = "sayso")]
pub struct Table {
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, schema().fields().iter().map(|field| field.name().clone()))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer may ask for other types, and must take what it is given.
        let _ = requested_schema;
        arrow::stream(py, schema(), self.batches.clone())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, &schema())
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let rows = self.__len__();
        format!("Table({rows} statement{})", if rows == 1 { "" } else { "s" })
    }
}

/// One column that other libraries read without a copy.
#[pyclass(frozen, name = "_Column", module = "sayso")]
pub struct Column {
    array: ArrayRef,
}

#[pymethods]
impl Column {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        arrow::array(py, &self.array)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }
}

/// A table that grows, text by text.
struct Growing<'e> {
    extractor: &'e Extractor,
    threads: Threads,
    rows: Vec<StatementRow>,
    batches: Vec<RecordBatch>,
}

impl<'e> Growing<'e> {
    fn new(extractor: &'e Extractor, threads: Option<usize>) -> PyResult<Self> {
        Ok(Growing { extractor, threads: Threads::new(threads)?, rows: Vec::new(), batches: Vec::new() })
    }

    fn add(&mut self, py: Python<'_>, texts: &[Option<&str>], ids: &[Cow<'_, str>]) -> PyResult<()> {
        let Growing { extractor, threads, rows, batches } = self;
        let work = |at: usize| texts[at].map(|text| statements(extractor, &ids[at], text)).unwrap_or_default();
        threads.each(py, texts.len(), work, |done| {
            rows.extend(done.into_iter().flatten());
            if rows.len() >= BATCH {
                batches.push(batch(&std::mem::take(rows)));
            }
        })
    }

    fn finish(mut self) -> Table {
        if !self.rows.is_empty() {
            self.batches.push(batch(&self.rows));
        }
        Table { batches: self.batches }
    }
}

fn statements(extractor: &Extractor, id: &str, text: &str) -> Vec<StatementRow> {
    let extraction = extractor.extract(text);
    StatementRecord::all(id, text, &extraction, Offsets::Chars).iter().map(StatementRow::from).collect()
}

/// The table of a column of texts.
pub fn of_texts(
    py: Python<'_>,
    extractor: &Extractor,
    texts: &Bound<'_, PyAny>,
    ids: Option<&Bound<'_, PyAny>>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let mut table = Growing::new(extractor, threads)?;
    let texts = Strings::texts(texts, "texts")?;
    let ids = ids.map(|ids| Strings::ids(ids, "ids")).transpose()?;
    let ids = match &ids {
        Some(ids) if ids.len() != texts.len() => {
            return Err(PyValueError::new_err(format!("{} texts, but {} ids: give one id a text", texts.len(), ids.len())));
        }
        Some(ids) => ids.names()?,
        None => numbers(0, texts.len()),
    };
    table.add(py, &texts.views(), &ids)?;
    Ok(table.finish())
}

/// The numbers of rows, as ids.
fn numbers(first: usize, count: usize) -> Vec<Cow<'static, str>> {
    (first..first + count).map(|row| Cow::Owned(row.to_string())).collect()
}

/// The table of a table that has texts in one column and, maybe, ids in another.
pub fn of_table(
    py: Python<'_>,
    extractor: &Extractor,
    data: &Bound<'_, PyAny>,
    text: &str,
    id: Option<&str>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let mut table = Growing::new(extractor, threads)?;
    let mut chunks = Chunks::of(data)?.ok_or_else(|| no_table(data))?;
    let DataType::Struct(fields) = chunks.field.data_type() else {
        let found = in_words(chunks.field.data_type());
        return Err(PyTypeError::new_err(format!("table is one column ({found}): give it to to_table, or a table with a column of texts")));
    };
    let missing = |keyword: &str, name: &str| {
        let there: Vec<String> = fields.iter().map(|field| format!("{:?}", field.name())).collect();
        let there = if there.is_empty() { "there are no columns".to_owned() } else { format!("its columns are {}", there.join(", ")) };
        PyValueError::new_err(format!("table has no column {name:?}; {there}; name the one that is meant: {keyword}=\"...\""))
    };
    let at = |name: &str| fields.iter().position(|field| field.name() == name);
    let text_at = at(text).ok_or_else(|| missing("text", text))?;
    let id_at = match id {
        None => None,
        // As in files: the id where there is one, else the number of the row.
        Some(name) if name == DEFAULT_ID => at(name),
        Some(name) => Some(at(name).ok_or_else(|| missing("id", name))?),
    };
    let (text_column, id_column) = (format!("column {text:?}"), format!("column {:?}", id.unwrap_or_default()));
    let mut row = 0;
    while let Some(chunk) = chunks.next(py)? {
        let columns = chunk.as_struct();
        let texts = strings::texts(columns.column(text_at), &text_column)?;
        let ids = id_at.map(|at| strings::plain(columns.column(at), &id_column)).transpose()?;
        let names = match &ids {
            Some(ids) => strings::names(ids, &id_column, row)?,
            None => numbers(row, texts.len()),
        };
        table.add(py, &strings::views(&texts), &names)?;
        row += texts.len();
    }
    Ok(table.finish())
}

/// The column of ids that a table may have or not.
const DEFAULT_ID: &str = "id";

fn no_table(data: &Bound<'_, PyAny>) -> PyErr {
    let found = data.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string());
    let what = "not a table of a library that speaks the Arrow PyCapsule interface (pyarrow, pandas, polars, duckdb)";
    PyTypeError::new_err(format!("table is {found}, {what}; a list of texts goes to to_table"))
}

/// The statements of each text as a list, all columns but the document's: what polars' expressions give.
#[pyfunction]
#[pyo3(name = "_statement_lists", signature = (texts, threads = None))]
pub fn statement_lists(py: Python<'_>, texts: &Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Column> {
    let texts = Strings::texts(texts, "texts")?;
    let (texts, extractor) = (texts.views(), Extractor::english());
    let mut lengths = Vec::with_capacity(texts.len());
    let mut rows = Vec::new();
    let work = |at: usize| texts[at].map(|text| statements(&extractor, "", text)).unwrap_or_default();
    Threads::new(threads)?.each(py, texts.len(), work, |done| {
        lengths.extend(done.iter().map(Vec::len));
        rows.extend(done.into_iter().flatten());
    })?;
    let all = StructArray::from(batch(&rows));
    let (fields, mut columns, _) = all.into_parts();
    columns.remove(0);
    let values = StructArray::new(fields.iter().skip(1).cloned().collect(), columns, None);
    let item = Field::new("item", values.data_type().clone(), true);
    let there: NullBuffer = texts.iter().map(Option::is_some).collect::<Vec<_>>().into();
    let lists = ListArray::try_new(Arc::new(item), OffsetBuffer::from_lengths(lengths), Arc::new(values), Some(there));
    let array = lists.map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(Column { array: Arc::new(array) })
}
