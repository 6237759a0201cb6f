//! Rows of statements as an Arrow table: what Parquet files hold, and what Python hands to other libraries.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};

use crate::writers::rows::{COLUMNS, SPAN_COLUMNS, SpanList, StatementRow};

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
