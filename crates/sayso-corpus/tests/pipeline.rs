//! The pipeline when something goes wrong on its way.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use sayso::Extraction;
use sayso_corpus::pipeline::{End, Job, Progress, Summary, Watch, run};
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};
use sayso_corpus::{InputError, InputOptions, Offsets};

fn job(folder: &Path, threads: usize) -> Job {
    let layout = Layout { width: 80, color: false };
    Job {
        inputs: vec![folder.join("a.jsonl")],
        options: InputOptions::default(),
        renderer: Renderer { format: OutputFormat::Documents, offsets: Offsets::Chars, safe_csv: false, layout },
        output: Some(folder.join("out.jsonl")),
        threads,
        resume: false,
        version: String::new(),
    }
}

fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: String = (0..count).map(|n| format!("{{\"id\": \"a{n}\", \"text\": \"Article {n}.\"}}\n")).collect();
    fs::write(folder.path().join("a.jsonl"), lines).expect("written");
    folder
}

/// The ids in the output, in their order.
fn ids(path: &Path) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["document"].as_str().expect("an id").to_owned();
    fs::read_to_string(path).expect("written").lines().map(id).collect()
}

#[derive(Default)]
struct Listener {
    errors: Vec<String>,
    stop: Arc<AtomicBool>,
}

impl Watch for Listener {
    fn error(&mut self, error: &InputError) {
        self.errors.push(error.to_string());
    }

    fn progress(&mut self, _: &Progress) {}

    fn stop(&mut self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

#[test]
fn a_panic_costs_one_article_that_is_named() {
    let folder = folder(100);
    let extract = |text: &str| {
        assert!(text != "Article 41.", "lost my way in the {}", "words");
        Extraction::default()
    };
    for threads in [1, 3] {
        let mut listener = Listener::default();
        let end = run(&job(folder.path(), threads), extract, &mut listener).expect("it runs");
        assert!(matches!(end, End::Done(Summary { articles: 99, errors: 1, .. })), "{end:?}");
        let [error] = listener.errors.as_slice() else { panic!("{:?}", listener.errors) };
        assert!(
            error.contains("a.jsonl, line 42: sayso itself failed on this article") && error.contains("lost my way in the words"),
            "{error}"
        );
        let expected: Vec<String> = (0..100).filter(|&n| n != 41).map(|n| format!("a{n}")).collect();
        assert_eq!(ids(&folder.path().join("out.jsonl")), expected);
    }
}

#[test]
fn the_order_is_that_of_the_input_whichever_article_takes_longest() {
    let folder = folder(60);
    let extract = |text: &str| {
        let number = text.bytes().filter(u8::is_ascii_digit).map(u64::from).sum::<u64>();
        thread::sleep(Duration::from_millis(number * 7 % 11));
        Extraction::default()
    };
    run(&job(folder.path(), 5), extract, &mut Listener::default()).expect("it runs");
    assert_eq!(ids(&folder.path().join("out.jsonl")), (0..60).map(|n| format!("a{n}")).collect::<Vec<_>>());
}

/// While the first article is worked on, the reader takes no more than the queue holds, however long the input is.
#[test]
fn the_reader_waits_for_a_slow_article() {
    let folder = folder(20_000);
    let (begun, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new((Mutex::new(false), Condvar::new())));
    let (counted, barred) = (Arc::clone(&begun), Arc::clone(&gate));
    let extract = move |text: &str| {
        counted.fetch_add(1, Ordering::SeqCst);
        if text == "Article 0." {
            let open = barred.0.lock().expect("no panic");
            drop(barred.1.wait_while(open, |open| !*open).expect("no panic"));
        }
        Extraction::default()
    };
    let job = job(folder.path(), 2);
    let runner = thread::spawn(move || run(&job, extract, &mut Listener::default()).expect("it runs"));
    let mut before = 0;
    loop {
        thread::sleep(Duration::from_millis(300));
        let now = begun.load(Ordering::SeqCst);
        if now == before && now > 1 {
            break;
        }
        before = now;
    }
    assert!(before <= 1024, "{before} articles were begun while the first was not done");
    *gate.0.lock().expect("no panic") = true;
    gate.1.notify_all();
    assert!(matches!(runner.join().expect("it ends"), End::Done(Summary { articles: 20_000, .. })));
}

#[test]
fn a_run_that_is_told_to_stop_can_be_gone_on_with() {
    let folder = folder(300);
    let mut listener = Listener::default();
    let stop = Arc::clone(&listener.stop);
    let extract = move |text: &str| {
        if text == "Article 150." {
            stop.store(true, Ordering::Relaxed);
        }
        thread::sleep(Duration::from_millis(3));
        Extraction::default()
    };
    let end = run(&job(folder.path(), 2), extract, &mut listener).expect("it runs");
    let End::Stopped(summary, Some(part)) = end else { panic!("{end:?}") };
    let kept = ids(&part);
    assert!(kept.len() as u64 == summary.articles && kept.len() < 300, "{summary:?}, {} kept", kept.len());
    let end = run(&Job { resume: true, ..job(folder.path(), 1) }, |_: &str| Extraction::default(), &mut Listener::default());
    assert!(matches!(end.expect("it runs"), End::Done(Summary { articles: 300, .. })));
    assert_eq!(ids(&folder.path().join("out.jsonl")), (0..300).map(|n| format!("a{n}")).collect::<Vec<_>>());
}
