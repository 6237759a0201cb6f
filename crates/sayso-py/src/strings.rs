//! Texts and ids as callers have them: any iterable of str, or a column of another library, which is not copied.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::exceptions::{PyException, PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};
use sayso_corpus::readers::cells::{Cell, cell};

use crate::arrow::Chunks;

/// Many strings, where they were.
pub enum Strings {
    Python(Vec<PyBackedStr>),
    Arrow(Vec<ArrayRef>),
}

impl Strings {
    /// Reads texts; `what` names them in an error.
    pub fn texts(data: &Bound<'_, PyAny>, what: &str) -> PyResult<Self> {
        Strings::read(data, what, |column| texts(column, what))
    }

    /// Reads ids, which may also be numbers.
    pub fn ids(data: &Bound<'_, PyAny>, what: &str) -> PyResult<Self> {
        Strings::read(data, what, |column| plain(column, what))
    }

    fn read(data: &Bound<'_, PyAny>, what: &str, check: impl Fn(&ArrayRef) -> PyResult<ArrayRef>) -> PyResult<Self> {
        let py = data.py();
        let mut chunks = match Chunks::of(data) {
            Ok(Some(chunks)) => chunks,
            Ok(None) => return read_texts(data, what).map(Strings::Python),
            // A pandas column without pyarrow, or one of mixed objects: read it value by value.
            Err(error) if error.is_instance_of::<PyException>(py) => return read_texts(data, what).map(Strings::Python),
            Err(error) => return Err(error),
        };
        if let DataType::Struct(_) = chunks.field.data_type() {
            return Err(PyTypeError::new_err(format!("{what} is a table: give one column of it, or the table to extract_table")));
        }
        let mut columns = Vec::new();
        while let Some(chunk) = chunks.next(py)? {
            columns.push(check(&chunk)?);
        }
        Ok(Strings::Arrow(columns))
    }

    pub fn len(&self) -> usize {
        match self {
            Strings::Python(texts) => texts.len(),
            Strings::Arrow(columns) => columns.iter().map(Array::len).sum(),
        }
    }

    /// The strings themselves; none where there is none.
    pub fn views(&self) -> Vec<Option<&str>> {
        match self {
            Strings::Python(texts) => texts.iter().map(|text| Some(&**text)).collect(),
            Strings::Arrow(columns) => columns.iter().flat_map(views).collect(),
        }
    }

    /// The strings as ids: a number is written out, and the row's number stands where there is none.
    pub fn names(&self) -> PyResult<Vec<Cow<'_, str>>> {
        match self {
            Strings::Python(texts) => Ok(texts.iter().map(|text| Cow::Borrowed(&**text)).collect()),
            Strings::Arrow(columns) => {
                let mut all = Vec::with_capacity(self.len());
                for column in columns {
                    let first = all.len();
                    all.extend(names(column, "ids", first)?);
                }
                Ok(all)
            }
        }
    }
}

/// A column of strings whose bytes are known to be strings; `what` names it in an error.
pub fn texts(column: &ArrayRef, what: &str) -> PyResult<ArrayRef> {
    let column = plain(column, what)?;
    match column.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => Ok(column),
        found => Err(PyTypeError::new_err(format!("{what} holds {}, not strings", in_words(found)))),
    }
}

/// A column with its dictionary unpacked. A string that its producer has not made valid UTF-8 is an error, not undefined behaviour.
pub fn plain(column: &ArrayRef, what: &str) -> PyResult<ArrayRef> {
    let broken = |error| PyValueError::new_err(format!("{what} is a broken Arrow array: {error}"));
    let column = match column.as_any_dictionary_opt() {
        Some(packed) => arrow_select::take::take(&packed.values().clone(), packed.keys(), None).map_err(broken)?,
        None => ArrayRef::clone(column),
    };
    column.to_data().validate_full().map_err(broken)?;
    Ok(column)
}

/// The strings of a column that [`texts`] gave.
pub fn views(column: &ArrayRef) -> Vec<Option<&str>> {
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().collect(),
        DataType::Utf8View => column.as_string_view().iter().collect(),
        _ => vec![None; column.len()],
    }
}

/// The ids of a column that [`plain`] gave; where there is none, the number of the row, counted on from `first`.
pub fn names<'a>(column: &'a ArrayRef, what: &str, first: usize) -> PyResult<Vec<Cow<'a, str>>> {
    let name = |row: usize| match cell(column, row) {
        Some(Cell::Words(words)) => Ok(Cow::Borrowed(words)),
        Some(Cell::Number(words)) => Ok(Cow::Owned(words)),
        None => Ok(Cow::Owned((first + row).to_string())),
        Some(Cell::Other(_)) => {
            Err(PyTypeError::new_err(format!("{what} holds {}, not strings or whole numbers", in_words(column.data_type()))))
        }
    };
    if *column.data_type() == DataType::Null {
        return Ok((first..first + column.len()).map(|row| Cow::Owned(row.to_string())).collect());
    }
    (0..column.len()).map(name).collect()
}

/// A type of Arrow's as other libraries write it: "int64", "list".
pub fn in_words(kind: &DataType) -> String {
    match kind {
        DataType::Float64 => "double".to_owned(),
        DataType::Boolean => "bool".to_owned(),
        kind => kind.to_string().split(['(', '<']).next().unwrap_or_default().to_lowercase(),
    }
}

/// The strings of any iterable, without a copy.
pub fn read_texts(texts: &Bound<'_, PyAny>, what: &str) -> PyResult<Vec<PyBackedStr>> {
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("{what} is one str: give a list of them")));
    }
    let items = texts.try_iter()?;
    items.enumerate().map(|(i, item)| read_text(&item?, || format!("{what}[{i}]"))).collect()
}

/// The text without a copy; a lone surrogate, which is no character, becomes U+FFFD and keeps its place.
pub fn read_text(text: &Bound<'_, PyAny>, what: impl Fn() -> String) -> PyResult<PyBackedStr> {
    let Ok(string) = text.cast::<PyString>() else {
        let found = text.get_type().name()?;
        return Err(PyTypeError::new_err(format!("{} is {found}, not str", what())));
    };
    match string.extract::<PyBackedStr>() {
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => without_surrogates(string)?.extract(),
        extracted => extracted,
    }
}

fn without_surrogates<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
    let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
    for at in 0..bytes.len().saturating_sub(2) {
        // Only surrogates begin with ED A0 or higher, and they take as many bytes as U+FFFD.
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
    Ok(PyString::new(text.py(), &String::from_utf8_lossy(&bytes)))
}
