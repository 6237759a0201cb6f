//! What the sequence model of one statement looks at, given its cue; training and prediction both call [`Anchored::features`].

use crate::cue::features::fold;
use crate::cue::roles::Roles;
use crate::cue::view::{Look, NONE, View};
use crate::model::hash::{Feature, fingerprint, one, three, two};
use crate::text::{Reading, TokenRange};

use super::evidence::{Evidence, Told};
use super::window::{REACH, window};

/// An article with all that the model of single statements looks at.
#[derive(Debug)]
pub struct Article<'a> {
    /// The tokens in their sentences and paragraphs.
    pub reading: &'a Reading,
    /// The tokens' looks.
    pub view: &'a View,
    /// What the first pass, or an encoder, found.
    pub roles: &'a Roles,
    /// The runs of tokens that may be a cue, with the most likely token of each.
    pub runs: &'a [(TokenRange, u32)],
    /// What an encoder tells of them.
    evidence: Option<&'a Evidence>,
    /// For each run that it tells of, where the window begins.
    windows: Vec<u32>,
    /// For each token how many runs begin before it; one more than there are tokens.
    runs_before: Vec<u16>,
}

impl<'a> Article<'a> {
    /// Puts the layers together.
    #[must_use]
    pub fn new(reading: &'a Reading, view: &'a View, roles: &'a Roles, runs: &'a [(TokenRange, u32)]) -> Self {
        let mut runs_before = Vec::with_capacity(reading.tokens.len() + 1);
        let mut count: u16 = 0;
        let mut next = runs.iter().peekable();
        for at in 0..=reading.tokens.len() as u32 {
            runs_before.push(count);
            if next.next_if(|(run, _)| run.begin == at).is_some() {
                count = count.wrapping_add(1);
            }
        }
        Article { reading, view, roles, runs, evidence: None, windows: Vec::new(), runs_before }
    }

    /// The same, with what an encoder tells of its runs.
    #[must_use]
    pub fn with(self, evidence: Option<&'a Evidence>) -> Self {
        let begin = |&(_, head): &(TokenRange, u32)| window(self.view, self.reading, head).begin;
        let windows = if evidence.is_some() { self.runs.iter().map(begin).collect() } else { Vec::new() };
        Article { evidence, windows, roles: evidence.map_or(self.roles, |e| &e.roles), ..self }
    }

    /// What an encoder tells of a run, if there is one.
    #[must_use]
    pub fn told(&self, run: usize) -> Option<Told<'a>> {
        let scores = self.evidence?.runs.get(run)?;
        Some(Told { begin: *self.windows.get(run)?, scores })
    }

    /// The article as one of its cues sees it.
    #[must_use]
    pub fn anchored(&self, run: usize) -> Anchored<'_> {
        let (tokens, head) = self.runs[run];
        Anchored {
            article: self,
            branches: Branches::of(self, head),
            tokens,
            head,
            cue: self.view.look(head),
            after: self.view.look(tokens.end),
            before: self.view.near(tokens.begin as usize, -1),
        }
    }
}

/// An article as one cue sees it.
#[derive(Debug)]
pub struct Anchored<'a> {
    article: &'a Article<'a>,
    branches: Branches,
    tokens: TokenRange,
    head: u32,
    cue: Look,
    after: Look,
    before: Look,
}

/// How each token of the cue's sentence hangs in the tree, seen from the cue: how far up the two paths meet, by which relation the cue's path
/// gets there, and by which the token's leaves; folded into one number.
#[derive(Debug)]
struct Branches {
    begin: u32,
    codes: Vec<u32>,
}

/// In another sentence than the cue.
const ELSEWHERE: u32 = 1 << 12;

impl Branches {
    fn of(article: &Article<'_>, cue: u32) -> Branches {
        let (reading, view) = (article.reading, article.view);
        let whole = reading.sentences[reading.tokens[cue as usize].sentence as usize].tokens;
        // As far as a window reaches: a text without stops is one sentence, and must not be walked through for each of its cues.
        let near = TokenRange::new(cue.saturating_sub(2 * REACH), cue.saturating_add(2 * REACH));
        let sentence = TokenRange::new(whole.begin.max(near.begin), whole.end.min(near.end));
        let mut codes = vec![u32::MAX; sentence.len()];
        let place = |token: u32| (token - sentence.begin) as usize;
        // The cue's own path to the root.
        let (mut at, mut up, mut last) = (cue, 0_u32, 31);
        while sentence.has(at) && up < 40 {
            codes[place(at)] = up.min(5) << 10 | last << 5 | 31;
            last = view.looks[at as usize].relation;
            at = view.heads[at as usize];
            up += 1;
        }
        let mut path = Vec::new();
        for token in sentence.begin..sentence.end {
            let mut at = token;
            path.clear();
            while sentence.has(at) && codes[place(at)] == u32::MAX && path.len() < sentence.len() {
                path.push(at);
                at = view.heads[at as usize];
            }
            let mut code = if sentence.has(at) { codes[place(at)] } else { 7 << 10 | 31 };
            for &at in path.iter().rev() {
                if code & 31 == 31 {
                    code = code & !31 | view.looks[at as usize].relation;
                }
                codes[place(at)] = code;
            }
        }
        Branches { begin: sentence.begin, codes }
    }

    fn at(&self, token: usize) -> u32 {
        token.checked_sub(self.begin as usize).and_then(|i| self.codes.get(i)).copied().unwrap_or(ELSEWHERE)
    }
}

/// What lies between a token and the cue, each count folded to 0 to 3.
#[derive(Clone, Copy)]
struct Between {
    commas: u32,
    marks: u32,
    verbs: u32,
    joints: u32,
    phrases: u32,
    stops: u32,
    cues: u32,
}

struct Context {
    looks: [Look; 5],
    cue: Look,
    after: Look,
    before: Look,
    /// 0 before the cue, 1 in its run, 2 after.
    side: u32,
    distance: u32,
    between: Between,
    /// Sentences and paragraphs away, folded.
    away: u32,
    /// What the first pass thinks of this token and of the one before it.
    roles: u32,
    roles_before: u32,
    /// Whether the token stands in another run, and how likely that is a cue.
    other: u32,
    /// Whether the nearest verb before or after the token is the cue.
    tied: u32,
    verb_before: Look,
    verb_after: Look,
    noun_before: Look,
    /// How the sentence stands to quotations: its first token's and its last token's state.
    frame: u32,
    /// How the token and its neighbours hang in the tree, seen from the cue.
    branch: [u32; 3],
    head: Look,
}

impl Anchored<'_> {
    /// Writes the features of token `at` into `out`.
    pub fn features(&self, at: usize, out: &mut Vec<Feature>) {
        let view = self.article.view;
        let at32 = at as u32;
        let side = if at32 < self.tokens.begin { 0 } else { 1 + u32::from(at32 >= self.tokens.end) };
        let sentence = &self.article.reading.sentences[self.article.reading.tokens[at].sentence as usize];
        let state = |token: u32| view.look(token).quoted % 4;
        let context = Context {
            looks: std::array::from_fn(|i| view.near(at, i as isize - 2)),
            cue: self.cue,
            after: self.after,
            before: self.before,
            side,
            distance: match side {
                0 => fold((self.tokens.begin - at32) as usize),
                1 => at32 - self.tokens.begin,
                _ => fold((at32 - self.tokens.end) as usize),
            }
            .min(8),
            between: self.between(at, side),
            away: self.away(at),
            roles: self.role(at),
            roles_before: at.checked_sub(1).map_or(99, |i| self.role(i)),
            other: self.other(at),
            tied: u32::from(self.is_own(view.verb_before[at])) | u32::from(self.is_own(view.verb_after[at])) << 1,
            verb_before: view.look(view.verb_before[at]),
            verb_after: view.look(view.verb_after[at]),
            noun_before: view.look(view.noun_before[at]),
            frame: state(sentence.tokens.begin) << 2 | state(sentence.tokens.end - 1),
            branch: [at.wrapping_sub(1), at, at + 1].map(|i| self.branches.at(i)),
            head: view.look(view.heads[at]),
        };
        out.clear();
        fill(&context, out);
    }

    fn is_own(&self, token: u32) -> bool {
        token != NONE && self.tokens.has(token)
    }

    fn between(&self, at: usize, side: u32) -> Between {
        let counts = &self.article.view.counts;
        let (from, to) = match side {
            0 => (at + 1, self.tokens.begin as usize),
            1 => (at, at),
            _ => (self.tokens.end as usize, at),
        };
        let (a, b) = (counts[from], counts[to]);
        let runs = &self.article.runs_before;
        Between {
            commas: (b.commas - a.commas).min(3),
            marks: (b.marks - a.marks).min(5),
            verbs: (b.verbs - a.verbs).min(3),
            joints: (b.joints - a.joints).min(3),
            phrases: (b.phrases - a.phrases).min(4),
            stops: (b.stops - a.stops).min(3),
            cues: u32::from(runs[to].wrapping_sub(runs[from])).min(2),
        }
    }

    fn away(&self, at: usize) -> u32 {
        let reading = self.article.reading;
        let (own, other) = (reading.tokens[self.head as usize].sentence, reading.tokens[at].sentence);
        let paragraph = |s: u32| reading.sentences[s as usize].paragraph;
        let sentences = (i64::from(other) - i64::from(own)).clamp(-3, 3) + 3;
        sentences as u32 * 2 + u32::from(paragraph(own) != paragraph(other))
    }

    /// The first pass's opinion of a token, each role in four classes.
    fn role(&self, at: usize) -> u32 {
        let class = |p: f32| if p < 0.05 { 0 } else { 1 + u32::from(p > 0.3) + u32::from(p > 0.75) };
        let roles = self.article.roles;
        class(roles.source[at]) | class(roles.cue[at]) << 2 | class(roles.content[at]) << 4
    }

    fn other(&self, at: usize) -> u32 {
        if self.tokens.has(at as u32) {
            return 0;
        }
        let likely = self.article.roles.cue[at];
        u32::from(likely > 0.1) + u32::from(likely > 0.5)
    }
}

fn fill(context: &Context, out: &mut Vec<Feature>) {
    let Context { looks: [a, b, w, c, d], cue, after, before, between, verb_before, verb_after, noun_before, .. } = context;
    let &Context { side, distance, away, roles, roles_before, other, tied, frame, branch: [branch_before, branch, branch_after], .. } =
        context;
    let head = &context.head;
    // All templates but a few depend on the side of the cue.
    let f1 = |template: u32, x: u32| two(template, side, x);
    let f2 = |template: u32, x: u32, y: u32| three(template, side, x, y);
    let f3 = |template: u32, x: u32, y: u32, z: u32| three(template, side << 28 ^ x, y, z);
    let near = side << 4 | distance;
    let quotes = b.quoted << 8 | w.quoted << 4 | c.quoted;
    out.extend_from_slice(&[
        f1(1, 0),
        f1(2, w.form),
        f1(3, w.lemma),
        f1(4, w.pos),
        f1(5, b.pos << 8 | w.pos),
        f1(6, w.pos << 8 | c.pos),
        f1(7, b.pos << 16 | w.pos << 8 | c.pos),
        f1(8, b.form),
        f1(9, c.form),
        f1(10, a.pos << 16 | b.pos << 8 | w.pos),
        f1(11, w.pos << 16 | c.pos << 8 | d.pos),
        f1(12, distance),
        f2(13, distance, w.pos),
        f2(14, cue.lemma, distance),
        f2(15, cue.lemma, w.pos),
        f2(16, cue.lemma, w.lemma),
        f2(17, cue.lemma, quotes),
        f2(18, cue.pos, w.pos),
        f3(19, cue.pos, distance, w.pos),
        f2(20, between.commas, between.marks),
        f2(21, between.commas << 4 | between.verbs, w.pos),
        f2(22, between.joints << 4 | between.verbs, between.commas),
        f2(23, between.phrases << 8 | distance, between.verbs),
        f2(24, between.phrases, w.pos),
        f3(25, between.commas, between.phrases, w.pos),
        f2(26, between.stops << 4 | between.commas, between.marks),
        f2(27, w.quoted, between.marks),
        f2(28, quotes, between.marks),
        f3(29, w.pos, between.marks, w.quoted),
        f2(30, away, w.quoted),
        f3(31, away, w.quoted, between.marks),
        f2(32, away, w.pos),
        f2(33, between.cues, w.pos),
        f2(34, other, between.cues),
        f2(35, between.cues, w.quoted << 4 | between.marks),
        f1(36, roles),
        f2(37, roles, roles_before),
        f2(38, roles, distance),
        f2(39, roles, cue.lemma),
        f2(40, roles, between.commas << 4 | between.verbs),
        f2(41, roles, between.cues << 8 | between.marks << 4 | w.quoted),
        f2(42, tied, w.pos),
        f2(43, tied, between.commas << 4 | between.phrases),
        f3(44, tied, between.commas, roles),
        f2(45, w.letters, w.pos),
        f2(46, w.lemma, between.commas),
        f3(47, w.lemma, between.joints, between.verbs),
        f2(48, after.lemma, w.pos),
        f2(49, after.lemma, distance),
        f3(50, cue.lemma, after.lemma, distance),
        f3(51, cue.lemma, after.pos, w.pos),
        f2(52, frame, w.quoted),
        f3(53, frame, cue.lemma, w.quoted),
        f2(54, verb_after.lemma, w.pos),
        f2(55, verb_before.lemma, w.pos),
        f2(56, noun_before.lemma, w.lemma),
        f2(57, b.lemma, w.lemma),
        f2(58, w.lemma, c.lemma),
        f3(59, before.pos, cue.pos, near),
        f3(60, before.lemma, distance, w.pos),
        f3(61, cue.lemma, b.pos, w.pos),
        f3(62, cue.lemma, w.pos, c.pos),
        one(63, w.form),
        f3(64, tied, between.joints, w.pos),
        f3(65, roles, roles_before, w.pos),
        f1(70, branch),
        f2(71, branch, w.pos),
        f2(72, branch, cue.lemma),
        f2(73, branch, roles),
        f2(74, branch, w.quoted << 4 | between.marks),
        f2(75, branch, branch_before),
        f2(76, branch, branch_after),
        f3(77, branch, branch_before, w.pos),
        f3(78, branch, branch_before, cue.lemma),
        f3(79, branch, cue.pos, w.relation),
        f3(80, branch, w.relation, head.pos),
        f3(81, branch, between.commas, w.lemma),
        f3(82, branch, branch_after, c.pos),
        f2(83, w.relation, head.lemma),
        f3(84, branch, distance, cue.lemma),
    ]);
}

/// Of these feature functions.
#[must_use]
pub fn content_fingerprint() -> u32 {
    let look = Look::probe;
    let mut out = Vec::new();
    for side in 0..3 {
        let context = Context {
            looks: std::array::from_fn(|i| look(i as u32 + 1)),
            cue: look(9),
            after: look(10),
            before: look(12),
            side,
            distance: 3,
            between: Between { commas: 1, marks: 2, verbs: 3, joints: 1, phrases: 4, stops: 2, cues: 1 },
            away: 5,
            roles: 33,
            roles_before: 17,
            other: 1,
            tied: 2,
            verb_before: look(21),
            verb_after: look(22),
            noun_before: look(23),
            frame: 7,
            branch: [side, 31, 77],
            head: look(24),
        };
        fill(&context, &mut out);
    }
    fingerprint(out)
}
