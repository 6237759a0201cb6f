//! The Arrow PyCapsule interface: arrays of other libraries in, without a copy, and ours out.

use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, RecordBatch, RecordBatchIterator, make_array};
use arrow_schema::{ArrowError, Field, FieldRef, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

const STREAM: &CStr = c"arrow_array_stream";
const ARRAY: &CStr = c"arrow_array";
const SCHEMA: &CStr = c"arrow_schema";

/// The arrays that an object of another library holds, one after another.
pub struct Chunks {
    /// What they are arrays of.
    pub field: FieldRef,
    source: Source,
}

enum Source {
    Stream(ArrayStreamReader),
    One(Option<ArrayRef>),
}

impl Chunks {
    /// What `data` holds; none where it does not speak the interface.
    pub fn of(data: &Bound<'_, PyAny>) -> PyResult<Option<Chunks>> {
        if data.hasattr("__arrow_c_stream__")? {
            let stream: FFI_ArrowArrayStream = take(&data.call_method0("__arrow_c_stream__")?, STREAM, FFI_ArrowArrayStream::empty())?;
            let reader = data.py().detach(|| ArrayStreamReader::try_new(stream)).map_err(refused)?;
            return Ok(Some(Chunks { field: Arc::clone(reader.field()), source: Source::Stream(reader) }));
        }
        if data.hasattr("__arrow_c_array__")? {
            let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = data.call_method0("__arrow_c_array__")?.extract()?;
            let schema: FFI_ArrowSchema = take(&schema, SCHEMA, FFI_ArrowSchema::empty())?;
            let array: FFI_ArrowArray = take(&array, ARRAY, FFI_ArrowArray::empty())?;
            let field = Field::try_from(&schema).map_err(refused)?;
            // SAFETY: the object says that it keeps to the C data interface.
            let data = unsafe { from_ffi(array, &schema) }.map_err(refused)?;
            return Ok(Some(Chunks { field: Arc::new(field), source: Source::One(Some(make_array(data))) }));
        }
        Ok(None)
    }
}

impl Chunks {
    /// The next array; the producer may be Python itself, so that the interpreter's lock is not held meanwhile.
    pub fn next(&mut self, py: Python<'_>) -> PyResult<Option<ArrayRef>> {
        match &mut self.source {
            Source::Stream(reader) => py.detach(|| reader.next()).transpose().map_err(refused),
            Source::One(array) => Ok(array.take()),
        }
    }
}

/// Moves what a capsule holds out of it, and leaves `empty` there, which its destructor passes over.
fn take<T>(capsule: &Bound<'_, PyAny>, name: &CStr, empty: T) -> PyResult<T> {
    let there: NonNull<T> = capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?.cast();
    // SAFETY: a capsule of this name holds a T, and nobody else looks into it while the interpreter's lock is held.
    Ok(unsafe { there.replace(empty) })
}

fn refused(error: ArrowError) -> PyErr {
    PyValueError::new_err(format!("the Arrow data cannot be read: {error}"))
}

/// Batches as a stream that any consumer can read, each time anew.
pub fn stream<'py>(py: Python<'py>, schema: Arc<Schema>, batches: Vec<RecordBatch>) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
}

/// A schema that any consumer can read.
pub fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowSchema::try_from(schema).map_err(refused)?, SCHEMA)
}

/// An array with its type, that any consumer can read.
pub fn array<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let field = Field::new("", array.data_type().clone(), true);
    let schema = PyCapsule::new_with_value(py, FFI_ArrowSchema::try_from(&field).map_err(refused)?, SCHEMA)?;
    Ok((schema, PyCapsule::new_with_value(py, FFI_ArrowArray::new(&array.to_data()), ARRAY)?))
}
