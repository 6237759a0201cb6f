//! What is true of any text: its layers and its statements point into it, in order, and come out the same every time.

use sayso::content::Draft;
use sayso::text::{Reading, TokenRange};
use sayso::{Extraction, Extractor, Layers, ResolvedBy, Span, Statement};

/// Extracts, checks every invariant of the layers and the statements, and that a second run and a parallel one agree.
///
/// # Panics
/// If an invariant is broken; the message says which, and where.
#[must_use]
pub fn check_text(extractor: &Extractor, text: &str) -> Extraction {
    let extraction = extractor.extract(text);
    check_layers(text, &extractor.layers(text));
    check_invariants(text, &extraction);
    assert_eq!(extractor.extract(text), extraction, "the same text gave another result the second time: {text:?}");
    for other in extractor.extract_all(&[text, "", text]).into_iter().step_by(2) {
        assert_eq!(other, extraction, "extract_all gave another result than extract: {text:?}");
    }
    extraction
}

/// Checks what is true of the statements and speakers of any text.
///
/// # Panics
/// If an invariant is broken; the message says which, and where.
pub fn check_invariants(text: &str, extraction: &Extraction) {
    for (i, speaker) in extraction.speakers.iter().enumerate() {
        assert_eq!(speaker.id.index(), i, "a speaker's id is its position: {speaker:?}");
        assert!(!speaker.name.trim().is_empty(), "a speaker without a name: {speaker:?}");
        assert!(
            speaker.role.as_deref() != Some("") && speaker.affiliation.as_deref() != Some(""),
            "an empty role or affiliation: {speaker:?}"
        );
        check_spans(text, &speaker.mentions, &format!("mentions of speaker {i}"));
    }
    for (name, span) in [("headline", extraction.headline), ("dateline", extraction.dateline), ("credit", extraction.credit)] {
        check_spans(text, span.as_slice(), name);
    }
    for (i, statement) in extraction.statements.iter().enumerate() {
        check_statement(text, extraction, i, statement);
    }
    let begins: Vec<u32> = extraction.statements.iter().filter_map(|s| Some(s.content.cover()?.begin())).collect();
    assert!(begins.is_sorted(), "statements stand in the order of their first span: {begins:?}");
}

fn check_statement(text: &str, extraction: &Extraction, index: usize, statement: &Statement) {
    let of = |what: &str| format!("{what} of statement {index}");
    assert!(!statement.content.is_empty(), "statement {index} has no content: {statement:?}");
    check_spans(text, statement.content.as_slice(), &of("content"));
    let cue = statement.cue.as_ref().map(|c| c.span);
    let own = [("cue", cue), ("source", statement.source)];
    let around = [("addressee", statement.addressee), ("topic", statement.topic), ("when", statement.when), ("where", statement.place)];
    for (name, span) in own.iter().chain(&around) {
        check_spans(text, span.as_slice(), &of(name));
    }
    for (name, span) in own {
        let inside = statement.content.iter().find(|c| span.is_some_and(|s| s.overlaps(**c)));
        assert!(inside.is_none(), "{} {span:?} stands inside its content {inside:?}", of(name));
    }
    assert!(statement.cue.as_ref().is_none_or(|c| !c.lemma.is_empty()), "{} has no lemma", of("cue"));
    for (k, id) in statement.speakers.iter().enumerate() {
        assert!(id.index() < extraction.speakers.len(), "{} is {id:?}, but there are {}", of("speaker"), extraction.speakers.len());
        assert!(!statement.speakers[..k].contains(id), "{} is named twice: {id:?}", of("speaker"));
    }
    let untold = statement.resolved_by == ResolvedBy::None;
    assert_eq!(
        statement.speakers.is_empty(),
        untold,
        "statement {index} has {} speakers by {:?}",
        statement.speakers.len(),
        statement.resolved_by
    );
    check_probability(statement.confidence, &of("confidence"));
}

/// Checks what is true of the layers of any text.
///
/// # Panics
/// If an invariant is broken; the message says which, and where.
pub fn check_layers(text: &str, layers: &Layers) {
    check_reading(text, &layers.reading);
    check_quotes(layers);
    check_tags(layers);
    let tokens = layers.reading.tokens.len();
    let cues = &layers.cues.candidates;
    check_ranges(tokens, cues.iter().map(|c| c.tokens), "cues");
    for cue in cues {
        assert!(cue.tokens.has(cue.head) && !cue.lemma.is_empty(), "a cue has its head inside it, and a lemma: {cue:?}");
        check_probability(cue.probability, "probability of a cue");
    }
    let drafts = &layers.drafts.drafts;
    assert!(
        drafts.is_sorted_by_key(|d| d.content.first().copied().map(|c| c.begin)),
        "drafts stand in the order of their first token: {drafts:?}"
    );
    for (i, draft) in drafts.iter().enumerate() {
        check_draft(tokens, i, draft);
    }
    let attributions = layers.cast.attributions.len();
    assert_eq!(attributions, drafts.len(), "each draft has one attribution");
}

fn check_draft(tokens: usize, index: usize, draft: &Draft) {
    assert!(!draft.content.is_empty(), "draft {index} has no content");
    check_ranges(tokens, draft.content.iter().copied(), "content of a draft");
    check_ranges(tokens, draft.source.iter().copied(), "source of a draft");
    check_ranges(tokens, draft.cue.iter().map(|c| c.tokens), "cue of a draft");
    assert!(draft.follows.is_none_or(|f| (f as usize) < index), "draft {index} follows a later one: {draft:?}");
    check_probability(draft.probability, "probability of a draft");
}

fn check_reading(text: &str, reading: &Reading) {
    let Reading { paragraphs, sentences, tokens, .. } = reading;
    check_spans(text, &tokens.iter().map(|t| t.span).collect::<Vec<_>>(), "tokens");
    assert_eq!(reading.forms.len(), tokens.len(), "each token has one form");
    check_partition(tokens.len(), sentences.iter().map(|s| s.tokens), "tokens into sentences");
    check_partition(tokens.len(), paragraphs.iter().map(|p| p.tokens), "tokens into paragraphs");
    check_partition(sentences.len(), paragraphs.iter().map(|p| TokenRange::new(p.sentences.0, p.sentences.1)), "sentences into paragraphs");
    for (i, sentence) in sentences.iter().enumerate() {
        assert_eq!(sentence.span, reading.span_of(sentence.tokens), "sentence {i} covers its tokens");
        assert!(tokens[sentence.tokens.range()].iter().all(|t| t.sentence as usize == i), "the tokens of sentence {i} say so");
    }
    for (i, paragraph) in paragraphs.iter().enumerate() {
        assert_eq!(paragraph.span, reading.span_of(paragraph.tokens), "paragraph {i} covers its tokens");
        let own = &sentences[paragraph.sentences.0 as usize..paragraph.sentences.1 as usize];
        assert!(own.iter().all(|s| s.paragraph as usize == i), "the sentences of paragraph {i} say so");
    }
    let mut begin = 0;
    let edges = tokens.iter().map(|t| (t.span.range().start, t.span.range().end)).chain([(text.len(), text.len())]);
    for (token_begin, token_end) in edges {
        let lost = &text[begin..token_begin];
        assert!(!lost.contains(char::is_alphanumeric), "no token holds {lost:?}, which has letters or digits");
        begin = token_end;
    }
}

fn check_quotes(layers: &Layers) {
    let (quotes, tokens) = (&layers.quotes, layers.reading.tokens.len());
    assert_eq!(quotes.outermost.len(), tokens, "each token knows the quotation around it");
    let order: Vec<_> = quotes.quotations.iter().map(|q| (q.tokens.begin, std::cmp::Reverse(q.tokens.end))).collect();
    assert!(order.is_sorted(), "quotations stand in order, an outer one before what it holds: {order:?}");
    for (i, quotation) in quotes.quotations.iter().enumerate() {
        check_ranges(tokens, [quotation.tokens].into_iter(), "a quotation");
        check_ranges(tokens, quotation.pieces.iter().copied(), "pieces of a quotation");
        assert_eq!(quotation.span, layers.reading.span_of(quotation.tokens), "quotation {i} covers its tokens");
        let ends = quotation.pieces.first().zip(quotation.pieces.last()).map(|(a, b)| TokenRange::new(a.begin, b.end));
        assert_eq!(ends, Some(quotation.tokens), "the pieces of quotation {i} reach from its begin to its end");
        let depth = quotation.parent.map_or(0, |p| {
            assert!((p as usize) < i, "quotation {i} stands inside a later one, {p}");
            let parent = &quotes.quotations[p as usize];
            assert!(
                parent.tokens.begin <= quotation.tokens.begin && quotation.tokens.end <= parent.tokens.end,
                "{quotation:?} leaves {parent:?}"
            );
            parent.depth + 1
        });
        assert_eq!(quotation.depth, depth, "the depth of quotation {i} is one more than its parent's");
    }
    for (token, &q) in quotes.outermost.iter().enumerate().filter(|(_, q)| **q != u32::MAX) {
        let around = quotes.quotations.get(q as usize);
        assert!(around.is_some_and(|a| a.depth == 0 && a.tokens.has(token as u32)), "token {token} is said to stand in {around:?}");
    }
}

fn check_tags(layers: &Layers) {
    let (tags, tokens) = (&layers.tags, layers.reading.tokens.len());
    let lengths = [tags.pos.len(), tags.lemmas.len(), tags.phrase_of.len()];
    assert_eq!(lengths, [tokens; 3], "each token has a tag, a lemma and a place among the noun phrases");
    check_ranges(tokens, tags.phrases.iter().map(|p| p.tokens), "noun phrases");
    for (i, phrase) in tags.phrases.iter().enumerate() {
        assert!(phrase.tokens.has(phrase.head), "noun phrase {i} has its head inside it: {phrase:?}");
        assert!(phrase.tokens.range().all(|t| tags.phrase_of[t] as usize == i), "the tokens of noun phrase {i} say so");
    }
    let held: usize = tags.phrases.iter().map(|p| p.tokens.len()).sum();
    assert_eq!(tags.phrase_of.iter().filter(|p| **p != u32::MAX).count(), held, "no other token says that it stands in a noun phrase");
}

/// Inside the text, on character boundaries, never empty, ascending, apart.
fn check_spans(text: &str, spans: &[Span], what: &str) {
    for span in spans {
        assert!(!span.is_empty(), "{what}: an empty span {span:?}");
        assert!(text.get(span.range()).is_some(), "{what}: {span:?} lies outside the text of {} bytes or splits a character", text.len());
    }
    assert!(spans.is_sorted_by(|a, b| a.end() <= b.begin()), "{what}: not ascending and apart: {spans:?}");
}

/// Inside the text, never empty, ascending, apart.
fn check_ranges(tokens: usize, ranges: impl Iterator<Item = TokenRange>, what: &str) {
    let mut end = 0;
    for range in ranges {
        assert!(
            !range.is_empty() && range.begin >= end && range.end as usize <= tokens,
            "{what}: {range:?} after {end}, of {tokens} tokens"
        );
        end = range.end;
    }
}

/// Never empty, each beginning where the one before it ends, from the first to the last.
fn check_partition(length: usize, ranges: impl Iterator<Item = TokenRange>, what: &str) {
    let mut end = 0;
    for range in ranges {
        assert!(!range.is_empty() && range.begin == end, "{what}: {range:?} begins elsewhere than at {end}, or is empty");
        end = range.end;
    }
    assert_eq!(end as usize, length, "{what}: something is left over");
}

fn check_probability(value: f32, what: &str) {
    assert!((0.0..=1.0).contains(&value), "{what} is {value}");
}
