//! `sayso serve` as its clients meet it.
#![cfg(feature = "serve")]

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use predicates::str::contains;
use serde_json::{Value, json};

const TEXT: &str = "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca. She told reporters that the work was late.";

/// A service of its own, ended with the test.
struct Service {
    process: Child,
    address: SocketAddr,
}

impl Service {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(cargo_bin!("sayso"));
        let mut process = command.args(["serve", "--port", "0"]).args(arguments).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut said = String::new();
        BufReader::new(process.stderr.take().expect("a pipe")).read_line(&mut said).expect("a line");
        let address = said.trim().strip_prefix("sayso: listening on http://").expect("where it listens").parse().expect("an address");
        Service { process, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        stream
    }

    /// Sends bytes as they are, and reads the answer.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // Who is refused may find that nobody reads the rest.
        let _ = stream.write_all(request);
        Answer::read(&mut BufReader::new(stream)).expect("an answer")
    }

    fn post(&self, kind: &str, body: &str) -> Answer {
        self.send(&post("/v1/extract", kind, body.as_bytes()))
    }

    fn get(&self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes())
    }

    /// KB that the process has in memory, as Linux counts it; none elsewhere.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn post(path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// None: the connection ended without one.
    fn read(stream: &mut impl BufRead) -> Option<Self> {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line == "\r\n" {
                break;
            }
            head.push_str(&line.to_ascii_lowercase());
        }
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        let mut body = vec![0; field("content-length:").expect("a length").parse().expect("a number")];
        stream.read_exact(&mut body).ok()?;
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        Some(Answer { status, head, body: String::from_utf8(body).expect("UTF-8") })
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}{}", self.head, self.body))
    }

    /// The status, and the code of an error, which must be JSON and say the same status.
    fn refusal(&self) -> (u16, String) {
        assert!(self.head.contains("content-type: application/json\r\n"), "{}", self.head);
        let error = &self.json()["error"];
        assert_eq!(error["status"], self.status);
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()));
        (self.status, error["code"].as_str().expect("a code").to_owned())
    }
}

/// What the command makes of the same input.
fn document(input: &str) -> Value {
    let out = cargo_bin_cmd!("sayso").args(["extract", "-f", "documents", "-"]).write_stdin(input).output().expect("it runs").stdout;
    serde_json::from_slice(&out).expect("one article, one line")
}

#[test]
fn an_article_gets_the_json_of_the_command() {
    let service = Service::start(&[]);
    let answer = service.post("text/plain; charset=utf-8", TEXT);
    assert_eq!((answer.status, answer.json()), (200, document(TEXT)));
    let object = json!({"id": "a1", "title": "Bridge", "text": TEXT}).to_string();
    let answer = service.post("application/json", &object);
    assert_eq!((answer.status, answer.json()), (200, document(&object)));
    let bytes = service.send(&post("/v1/extract?offsets=bytes", "text/plain", TEXT.as_bytes())).json();
    assert_eq!(bytes["statements"][0]["content"]["spans"], json!([[0, "“The bridge will open in May,”".len()]]));
    assert_eq!(service.post("text/plain", "").json()["statements"], json!([]));
}

#[test]
fn several_articles_come_back_in_their_order() {
    let service = Service::start(&[]);
    let items: Vec<Value> = (0..50).map(|n| json!({"id": format!("a{n}"), "text": format!("{TEXT} {n}")})).collect();
    let expected: Vec<String> = (0..50).map(|n| format!("a{n}")).collect();
    let ids = |documents: &[Value]| documents.iter().map(|d| d["document"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    for body in [json!(items), json!({"articles": items})] {
        let answer = service.post("application/json", &body.to_string()).json();
        assert_eq!(ids(answer["documents"].as_array().expect("a list")), expected);
    }
    let lines: String = items.iter().map(|item| item.to_string() + "\n").collect();
    let answer = service.post("application/x-ndjson", &lines);
    assert!(answer.head.contains("content-type: application/x-ndjson\r\n"));
    let documents: Vec<Value> = answer.body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(ids(&documents), expected);
    let unnamed = service.post("application/json", r#"[{"text": "He left."}, {"text": "“No,” she said."}]"#).json();
    assert_eq!(ids(unnamed["documents"].as_array().expect("a list")), ["-#1", "-#2"]);
}

#[test]
fn a_connection_is_kept_for_the_next_request() {
    let service = Service::start(&[]);
    let mut stream = BufReader::new(service.connect());
    for _ in 0..20 {
        stream.get_mut().write_all(&post("/v1/extract", "text/plain", TEXT.as_bytes())).expect("sent");
        assert_eq!(Answer::read(&mut stream).expect("an answer").status, 200);
    }
}

#[test]
fn what_is_no_article_is_refused_with_the_right_status() {
    let service = Service::start(&["--max-body", "2000"]);
    let refusal = |kind: &str, body: &str| service.post(kind, body).refusal();
    let told = |status, code: &str| (status, code.to_owned());
    assert_eq!(refusal("application/json", "{\"text\": \"cut"), told(400, "broken_json"));
    assert_eq!(refusal("application/json", "17"), told(400, "broken_json"));
    assert_eq!(refusal("application/json", "{\"body\": \"He left.\"}"), told(422, "no_article"));
    assert_eq!(refusal("application/json", "[{\"text\": \"He left.\"}, {\"text\": 5}]"), told(422, "no_article"));
    assert_eq!(refusal("application/x-ndjson", "{\"text\": \"He left.\"}\n{\"text\": \n"), told(400, "broken_json"));
    assert_eq!(refusal("text/plain", &"\u{1}\u{2}\u{3}".repeat(90)), told(422, "no_article"));
    assert_eq!(refusal("application/pdf", "%PDF"), told(415, "unsupported_media_type"));
    assert_eq!(refusal("text/plain", &"He left. ".repeat(300)), told(413, "too_large"));
    assert_eq!(service.send(&post("/v1/extract?offsets=words", "text/plain", b"No.")).refusal(), told(400, "bad_query"));
    assert_eq!(service.get("/v1/extract").refusal(), told(405, "post_only"));
    assert_eq!(service.send(&post("/healthz", "text/plain", b"")).refusal(), told(405, "get_only"));
    assert_eq!(service.get("/v2/extract").refusal(), told(404, "not_found"));
    assert!(service.post("application/json", "[{\"text\": \"He left.\"}, {}]").body.contains("article 2: no text in field"));
}

#[test]
fn more_than_a_thousand_articles_are_refused() {
    let service = Service::start(&[]);
    assert_eq!(
        service.post("application/json", &format!("[{}{{}}]", "{\"text\":\"\"},".repeat(1000))).refusal(),
        (413, "too_many".to_owned())
    );
}

#[test]
fn who_is_too_slow_is_told_and_holds_no_worker() {
    let service = Service::start(&["--timeout", "0.5", "-j", "1", "--concurrency", "1"]);
    let mut slow: Vec<TcpStream> = (0..20).map(|_| service.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nHe")
            .expect("sent");
    }
    assert_eq!(service.post("text/plain", TEXT).status, 200, "the slow ones hold nothing");
    for stream in slow {
        assert_eq!(Answer::read(&mut BufReader::new(stream)).expect("an answer").refusal(), (408, "too_slow".to_owned()));
    }
    let mut head = service.connect();
    head.write_all(b"POST /v1/extract HTTP/1.1\r\nHo").expect("sent");
    assert_eq!(Answer::read(&mut BufReader::new(head)).expect("an answer").refusal(), (408, "too_slow".to_owned()));
    let idle = service.connect();
    assert!(Answer::read(&mut BufReader::new(idle)).is_none(), "who asks nothing is told nothing");
}

#[test]
fn more_than_can_wait_are_told_to_come_again() {
    let service = Service::start(&["-j", "1", "--concurrency", "1", "--timeout", "20"]);
    let long = TEXT.repeat(3000);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let ask = || scope.spawn(|| service.post("text/plain", &long));
        let asked: Vec<_> = (0..6).map(|_| ask()).collect();
        asked
            .into_iter()
            .map(|asked| asked.join().expect("an answer"))
            .map(|answer| {
                if answer.status != 200 {
                    assert_eq!(answer.refusal(), (503, "busy".to_owned()));
                    assert!(answer.head.contains("retry-after: 1\r\n"));
                }
                answer.status
            })
            .collect()
    });
    assert!(statuses.contains(&200) && statuses.contains(&503), "{statuses:?}");
}

#[test]
fn the_description_names_what_is_answered() {
    let service = Service::start(&[]);
    let described = service.get("/openapi.json").json();
    assert_eq!(described["info"]["version"], env!("CARGO_PKG_VERSION"));
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let answer =
                service.send(format!("{} {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", method.to_uppercase()).as_bytes());
            assert!(![404, 405].contains(&answer.status), "{method} {path}: {}", answer.status);
        }
    }
    let required = |name: &str| -> Vec<String> {
        let names = described["components"]["schemas"][name]["required"].as_array().expect("a list");
        names.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
    };
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let document = service.post("text/plain", TEXT).json();
    assert_eq!(sorted(keys(&document)), sorted(required("Document")));
    assert_eq!(sorted(keys(&document["statements"][0])), sorted(required("Statement")));
    assert_eq!(sorted(keys(&document["statements"][0]["speakers"][0])), sorted(required("Speaker")));
    assert_eq!(service.get("/healthz").json()["status"], "ok");
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[test]
fn it_listens_on_this_machine_alone_and_a_taken_port_is_named() {
    let service = Service::start(&[]);
    assert!(service.address.ip().is_loopback());
    let port = service.address.port().to_string();
    cargo_bin_cmd!("sayso").args(["serve", "--port", &port]).assert().code(2).stderr(contains(format!("127.0.0.1:{port}: ")));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_status_0() {
    let mut service = Service::start(&[]);
    assert_eq!(service.post("text/plain", TEXT).status, 200);
    let _open = service.connect();
    let killed = Command::new("kill").args(["-TERM", &service.process.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    assert_eq!(service.process.wait().expect("it ends").code(), Some(0));
}

/// The hostile requests, and which status each must get.
fn hostile(number: usize) -> (Vec<u8>, &'static [u16]) {
    let body = |kind: &str, body: &[u8]| post("/v1/extract", kind, body);
    match number % 12 {
        0 => (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), &[400]),
        1 => (b"GET\r\n\r\n".to_vec(), &[400]),
        2 => (b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\nHe left.".to_vec(), &[400]),
        3 => (b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nHe left.\r\n".to_vec(), &[400]),
        4 => (body("application/json", b"{\"text\": \"\\ud800"), &[400]),
        5 => (body("application/json", &[b"[".as_slice(), &[b'['; 20_000]].concat()), &[400]),
        6 => (body("application/x-ndjson", b"{\"text\": \"\xff\xfe\"}\n"), &[400]),
        7 => (body("text/plain", &vec![b'a'; 200_000]), &[413]),
        8 => {
            let chunk = [b"10000\r\n".as_slice(), &vec![b'a'; 0x10000], b"\r\n"].concat();
            let head = b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
            ([head.as_slice(), &chunk.repeat(3)].concat(), &[413])
        }
        9 => ([b"GET / HTTP/1.1\r\nHost: a\r\nX: ".as_slice(), &vec![b'x'; 200_000], b"\r\n\r\n"].concat(), &[431]),
        10 => (
            b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n\xe2\x80\x9cWe".to_vec(),
            &[408],
        ),
        _ => (b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nCut".to_vec(), &[400]),
    }
}

/// Sends one of them; a cut one ends its sending side in the middle, every third of those closes at once, and nobody can be told.
fn attack(service: &Service, number: usize) {
    let (request, wanted) = hostile(number);
    let mut stream = service.connect();
    let _ = stream.write_all(&request);
    if wanted == [400] && request.ends_with(b"Cut") {
        if number.is_multiple_of(3) {
            return;
        }
        let _ = stream.shutdown(Shutdown::Write);
    }
    let answer = Answer::read(&mut BufReader::new(stream))
        .unwrap_or_else(|| panic!("{number}: no answer to {:?}", &request[..40.min(request.len())]));
    let (status, _) = answer.refusal();
    assert!(wanted.contains(&status), "{number}: {status} to {:?}", String::from_utf8_lossy(&request[..60.min(request.len())]));
}

/// Sends so many hostile requests from so many threads.
fn siege(service: &Service, count: usize, threads: usize) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    attack(service, number);
                }
            });
        }
    });
}

#[test]
fn ten_thousand_hostile_requests_leave_it_serving_in_the_same_memory() {
    let service = Service::start(&["--timeout", "1", "--max-body", "100K"]);
    siege(&service, 1000, 64);
    assert_eq!(service.post("text/plain", TEXT).json(), document(TEXT));
    let before = service.memory();
    siege(&service, 9000, 64);
    assert_eq!(service.post("text/plain", TEXT).json(), document(TEXT), "it still serves");
    if let (Some(before), Some(after)) = (before, service.memory()) {
        eprintln!("memory: {before} KB after 1000 hostile requests, {after} KB after 10000");
        assert!(after < before + before / 10 + 4096, "{before} KB grew to {after} KB");
    }
}
