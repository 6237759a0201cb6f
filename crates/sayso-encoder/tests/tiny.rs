//! A tiny encoder of random weights answers what its formulas give (tests/tiny/make.py writes both).

use std::ops::Range;
use std::path::Path;

use sayso_encoder::{Article, ArticleReader, Encoder, Heads, Machine, RoleLogs, Symbol, Vectors, Weights, Window};

/// What make.py wrote down.
#[derive(Default)]
struct Expected {
    sequences: Vec<Vec<Symbol>>,
    vectors: Vec<Vec<f32>>,
    flat: Vec<Vec<f32>>,
    windows: Vec<Window>,
    roles: Vec<Vec<Vec<f32>>>,
}

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tiny").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn expected() -> Expected {
    let mut expected = Expected::default();
    for line in String::from_utf8(file("expected.txt")).expect("text").lines() {
        let (kind, rest) = line.split_once(' ').expect("a kind and numbers");
        let floats = || rest.split(' ').map(|v| v.parse().expect("a number")).collect::<Vec<f32>>();
        let tuples = || rest.split(' ').map(|t| t.split(',').map(|v| v.parse().expect("a count")).collect()).collect::<Vec<Vec<u32>>>();
        match kind {
            "sequence" => {
                let symbol = |t: &Vec<u32>| Symbol { piece: t[0], quoted: t[1] as u8, shape: t[2] as u8 };
                expected.sequences.push(tuples().iter().map(symbol).collect());
            }
            "vector" => expected.vectors.push(floats()),
            "flat" => expected.flat.push(floats()),
            "window" => {
                let ranges: Vec<Range<u32>> = tuples().iter().map(|t| t[0]..t[1]).collect();
                expected.windows.push(Window { cue: ranges[0].clone(), tokens: ranges[1].clone(), sentence: ranges[2].clone() });
                expected.roles.push(Vec::new());
            }
            "role" => expected.roles.last_mut().expect("a window before its roles").push(floats()),
            other => panic!("a line begins with {other:?}"),
        }
    }
    expected
}

/// Everything that the encoder answers with the kernels of one kind of processor.
fn answers(machine: Machine, expected: &Expected) -> (Vectors, Vec<RoleLogs>, Vec<Vec<RoleLogs>>) {
    let weights = Weights::read(file("weights.bin")).expect("a weights file");
    let encoder = Encoder::new(&weights).expect("an encoder").on(machine);
    let heads = Heads::new(&weights, &encoder).expect("heads");
    let sequences: Vec<&[Symbol]> = expected.sequences.iter().map(Vec::as_slice).collect();
    let vectors = encoder.encode(&sequences);
    let (flat, anchored) = (heads.flat(&vectors), heads.anchored(&vectors, &expected.windows));
    (vectors, flat, anchored)
}

/// The greatest and the mean difference of rows of numbers.
fn difference<'a>(found: impl Iterator<Item = &'a [f32]>, exact: impl Iterator<Item = &'a Vec<f32>>) -> (f32, f32) {
    let (found, exact): (Vec<&[f32]>, Vec<&Vec<f32>>) = (found.collect(), exact.collect());
    assert_eq!(found.len(), exact.len(), "as many rows");
    let pairs = found.iter().zip(&exact).flat_map(|(f, e)| f.iter().zip(e.iter()));
    let differences: Vec<f32> = pairs.map(|(f, e)| (f - e).abs()).collect();
    (differences.iter().copied().fold(0.0, f32::max), differences.iter().sum::<f32>() / differences.len() as f32)
}

fn differences() -> [(f32, f32); 3] {
    let expected = expected();
    let (vectors, flat, anchored) = answers(Machine::best(), &expected);
    [
        difference((0..vectors.len()).map(|i| vectors.vector(i)), expected.vectors.iter()),
        difference(flat.iter().map(RoleLogs::as_slice), expected.flat.iter()),
        difference(anchored.iter().flatten().map(RoleLogs::as_slice), expected.roles.iter().flatten()),
    ]
}

#[test]
fn in_8_bits_it_is_close_to_the_formulas_answer() {
    for (part, (most, mean)) in ["vectors", "flat", "anchored"].into_iter().zip(differences()) {
        assert!(mean < 0.03 && most < 0.3, "{part} are off by {mean} in the mean, by {most} at most");
    }
}

#[test]
fn every_processor_answers_the_same_bits() {
    let expected = expected();
    let best = answers(Machine::best(), &expected);
    for machine in Machine::available() {
        assert!(answers(machine, &expected) == best, "{} answers otherwise", machine.name());
    }
}

#[test]
fn neither_company_nor_threads_change_an_answer() {
    let expected = expected();
    let weights = Weights::read(file("weights.bin")).expect("a weights file");
    let encoder = Encoder::new(&weights).expect("an encoder");
    let heads = Heads::new(&weights, &encoder).expect("heads");
    let sequences: Vec<&[Symbol]> = expected.sequences.iter().map(Vec::as_slice).collect();
    let together = encoder.encode(&sequences);
    let alone: Vec<f32> = std::thread::scope(|scope| {
        let workers: Vec<_> = sequences.iter().map(|sequence| scope.spawn(|| encoder.encode(&[sequence]).values().to_vec())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    assert_eq!(together.values(), alone);
    let many: Vec<&[Symbol]> = sequences.iter().cycle().take(60).copied().collect();
    let repeated = encoder.encode(&many);
    for round in repeated.values().chunks_exact(together.values().len()) {
        assert_eq!(round, together.values());
    }
    let windows = heads.anchored(&together, &expected.windows);
    for (window, roles) in expected.windows.iter().zip(windows) {
        assert_eq!(heads.anchored(&together, std::slice::from_ref(window)), [roles]);
    }
}

#[test]
fn nothing_in_nothing_out() {
    let weights = Weights::read(file("weights.bin")).expect("a weights file");
    let encoder = Encoder::new(&weights).expect("an encoder");
    let heads = Heads::new(&weights, &encoder).expect("heads");
    for none in [encoder.encode(&[]), encoder.encode(&[&[]])] {
        assert!(none.is_empty());
        assert!(heads.flat(&none).is_empty());
        assert!(heads.anchored(&none, &[]).is_empty());
    }
}

#[test]
#[allow(clippy::single_range_in_vec_init, reason = "one paragraph is meant")]
fn an_article_has_a_role_for_each_token_whatever_it_is_made_of() {
    let reader = ArticleReader::read_weights(file("weights.bin")).expect("an encoder with heads");
    let text = format!("abc {}\u{200b} de 水 Fgh", "abcdefgh".repeat(5));
    let tokens = [0..3, 4..44, 44..47, 48..50, 51..54, 55..58];
    let article = |paragraphs| Article { text: &text, tokens: &tokens, paragraphs, sentences: &[0..2, 2..6], quoted: &[0, 1, 2, 2, 3, 0] };
    let window = Window { cue: 3..4, tokens: 1..6, sentence: 2..6 };
    let encoded = reader.encode(&article(&[0..3, 3..6]), [window.span()]);
    assert_eq!(encoded.roles().len(), 6);
    let windows = reader.windows(&encoded, std::slice::from_ref(&window));
    assert_eq!((windows.len(), windows[0].len()), (1, 5));
    // Alone in its chunk or not: what stands in other chunks does not count, what stands in the same does.
    assert_ne!(reader.encode(&article(&[0..6]), [0..6]).roles(), encoded.roles());
    let none = reader.encode(&article(&[0..3, 3..6]), []);
    assert!(!none.holds(0..1) && none.roles().iter().all(|r| r[0] == 0.0), "what nobody asks about is outside all roles");
    let nothing = Article { text: "", tokens: &[], paragraphs: &[], sentences: &[], quoted: &[] };
    assert!(reader.encode(&nothing, []).roles().is_empty());
}
