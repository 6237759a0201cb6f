//! Values of Arrow columns as articles need them.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTimestampType, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt32Type, UInt64Type,
};
use arrow_array::{Array, Date32Array, PrimitiveArray, temporal_conversions};
use arrow_schema::{DataType, TimeUnit};

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A string.
    Words(&'a str),
    /// A number or a moment, written out.
    Number(String),
    /// What cannot be an article's text or id: "a list".
    Other(&'static str),
}

/// The value at `row` of a column; none where it is null.
#[must_use]
pub fn cell(column: &dyn Array, row: usize) -> Option<Cell<'_>> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Utf8 => Cell::Words(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cell::Words(column.as_string::<i64>().value(row)),
        DataType::Utf8View => Cell::Words(column.as_string_view().value(row)),
        DataType::Binary => std::str::from_utf8(column.as_binary::<i32>().value(row)).map_or(Cell::Other("bytes"), Cell::Words),
        DataType::LargeBinary => std::str::from_utf8(column.as_binary::<i64>().value(row)).map_or(Cell::Other("bytes"), Cell::Words),
        DataType::Int32 => Cell::Number(number::<Int32Type>(column, row)),
        DataType::Int64 => Cell::Number(number::<Int64Type>(column, row)),
        DataType::UInt32 => Cell::Number(number::<UInt32Type>(column, row)),
        DataType::UInt64 => Cell::Number(number::<UInt64Type>(column, row)),
        DataType::Date32 => {
            let days = column.as_any().downcast_ref::<Date32Array>()?.value(row);
            Cell::Number(temporal_conversions::date32_to_datetime(days)?.date().to_string())
        }
        DataType::Timestamp(unit, _) => Cell::Number(match unit {
            TimeUnit::Second => moment::<TimestampSecondType>(column, row)?,
            TimeUnit::Millisecond => moment::<TimestampMillisecondType>(column, row)?,
            TimeUnit::Microsecond => moment::<TimestampMicrosecondType>(column, row)?,
            TimeUnit::Nanosecond => moment::<TimestampNanosecondType>(column, row)?,
        }),
        DataType::List(_) | DataType::LargeList(_) => Cell::Other("a list"),
        DataType::Struct(_) => Cell::Other("an object"),
        DataType::Boolean => Cell::Other("true or false"),
        _ => Cell::Other("something else"),
    })
}

fn number<T: ArrowPrimitiveType>(column: &dyn Array, row: usize) -> String
where
    T::Native: ToString,
{
    column.as_primitive::<T>().value(row).to_string()
}

/// "2024-05-01T10:00:00"
fn moment<T: ArrowPrimitiveType<Native = i64> + ArrowTimestampType>(column: &dyn Array, row: usize) -> Option<String> {
    let values: &PrimitiveArray<T> = column.as_primitive::<T>();
    values.value_as_datetime(row).map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}
