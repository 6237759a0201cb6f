//! Whole articles and the loading of the model: `cargo bench -p sayso-benches --bench extract`.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use sayso::{Extractor, Model};
use sayso_benches::{briefing, golden_articles};

fn main() {
    divan::main();
}

/// The example article.
#[divan::bench]
fn example(bencher: Bencher<'_, '_>) {
    let (extractor, text) = (Extractor::english(), briefing());
    assert!(extractor.extract(&text).statements.len() >= 10, "the example has more than ten statements");
    bencher.counter(BytesCount::of_str(&text)).bench(|| extractor.extract(&text));
}

/// All golden articles, one after another.
#[divan::bench]
fn goldens(bencher: Bencher<'_, '_>) {
    let (extractor, texts) = (Extractor::english(), golden_articles());
    assert!(texts.iter().any(|t| !extractor.extract(t).statements.is_empty()), "the golden articles have statements");
    let bytes: usize = texts.iter().map(String::len).sum();
    let one_by_one = || texts.iter().map(|t| extractor.extract(t).statements.len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(texts.len())).bench(one_by_one);
}

/// All golden articles on all threads.
#[divan::bench]
fn goldens_parallel(bencher: Bencher<'_, '_>) {
    let (extractor, texts) = (Extractor::english(), golden_articles());
    let alone: Vec<_> = texts.iter().map(|t| extractor.extract(t)).collect();
    assert_eq!(extractor.extract_all(&texts), alone, "the same in parallel");
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(texts.len())).bench(|| extractor.extract_all(&texts));
}

/// The example article, the accurate model; its tokens are counted, too.
#[divan::bench(sample_count = 20)]
fn accurate(bencher: Bencher<'_, '_>) {
    let (extractor, text) = (Extractor::english_accurate(), briefing());
    let layers = extractor.layers(&text);
    assert!(extractor.extract(&text).statements.len() >= 10, "the example has more than ten statements");
    let tokens = ItemsCount::new(layers.reading.tokens.len());
    bencher.counter(BytesCount::of_str(&text)).counter(tokens).bench(|| extractor.extract(&text));
}

/// The accurate model, from its bytes to ready.
#[divan::bench]
fn load_accurate() -> (Model, sayso_encoder::ArticleReader) {
    let model = Model::english_overlaid(sayso_en_accurate::STATEMENTS).expect("the passes that are compiled in");
    (model, sayso_encoder::ArticleReader::read_weights(sayso_en_accurate::ENCODER).expect("the encoder that is compiled in"))
}

/// The model that is compiled in, from its bytes to ready.
#[divan::bench]
fn load_model() -> Model {
    Model::english().expect("the model that is compiled in")
}
