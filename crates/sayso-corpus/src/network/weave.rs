//! The ties of many articles made one graph.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sayso::Form;

use crate::network::ties::{ArticleTies, Target};
use crate::speakers::{Merge, SpeakerSum, Survey, folded};

/// Somebody who speaks, or is spoken to.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The name; where several have it, with the affiliation or a number behind: no other node has this id.
    pub id: String,
    /// What the corpus has of the speaker; of somebody who is only spoken to, the name, and the kind "addressee".
    pub speaker: SpeakerSum,
}

/// All statements of one speaker about or to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    /// Who speaks, as an index of [`Network::nodes`].
    pub source: usize,
    /// About or to whom.
    pub target: usize,
    /// Statements; one that is about its addressee is counted once.
    pub weight: u64,
    /// Those about the target.
    pub about: u64,
    /// Those to the target.
    pub to: u64,
    /// Those of which all stands in quotation marks.
    pub direct: u64,
    /// Those of which a part does.
    pub mixed: u64,
    /// Those of which nothing does.
    pub indirect: u64,
    /// Articles in which they are.
    pub articles: u64,
}

/// Who speaks about or to whom: directed, at most one edge from one node to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Speakers by their statements, the most first; then those who are only spoken to.
    pub nodes: Vec<Node>,
    /// By their source and target.
    pub edges: Vec<Edge>,
}

/// A node before all articles are known: a group of the survey, or an addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Group(usize),
    Addressee(usize),
}

/// Takes in articles and makes a network of them.
///
/// ```
/// use sayso_corpus::Article;
/// use sayso_corpus::network::{ArticleTies, Weaver};
/// use sayso_corpus::speakers::Merge;
/// let text = "Ana Ruiz told reporters that the work was late.";
/// let article = Article { text: text.to_owned(), ..Article::default() };
/// let mut weaver = Weaver::new(Merge::NameAndAffiliation);
/// weaver.add(ArticleTies::of(&article, &sayso::Extractor::english().extract(text)));
/// let network = weaver.finish();
/// let ids: Vec<&str> = network.nodes.iter().map(|node| node.id.as_str()).collect();
/// assert_eq!((ids, network.edges[0].to), (vec!["Ana Ruiz", "reporters"], 1));
/// ```
#[derive(Debug, Default)]
pub struct Weaver {
    merge: Merge,
    survey: Survey,
    /// The addressees that do not speak, by their folded words.
    places: HashMap<String, usize>,
    addressees: Vec<String>,
    edges: BTreeMap<(End, End), (Edge, u64)>,
    articles: u64,
}

impl Weaver {
    /// An empty network; `merge` says which speakers of different articles are the same.
    #[must_use]
    pub fn new(merge: Merge) -> Self {
        Weaver { merge, survey: Survey::new(merge), ..Weaver::default() }
    }

    /// Takes in an article.
    pub fn add(&mut self, article: ArticleTies) {
        self.articles += 1;
        let groups = self.survey.add_placed(article.cast);
        if self.merge == Merge::Nothing {
            self.places.clear();
        }
        for tie in article.ties {
            let Some(&from) = groups.get(tie.from.index()) else { continue };
            let target = match tie.target {
                Target::Speaker(id) => groups.get(id.index()).map(|&at| End::Group(at)),
                Target::Words(words) => Some(End::Addressee(self.addressee(words))),
            };
            let Some(target) = target else { continue };
            let (edge, latest) = self.edges.entry((End::Group(from), target)).or_default();
            edge.weight += 1;
            edge.about += u64::from(tie.about);
            edge.to += u64::from(tie.to);
            match tie.form {
                Form::Direct => edge.direct += 1,
                Form::Mixed => edge.mixed += 1,
                Form::Indirect => edge.indirect += 1,
            }
            edge.articles += u64::from(*latest != self.articles);
            *latest = self.articles;
        }
    }

    fn addressee(&mut self, words: String) -> usize {
        let next = self.addressees.len();
        let at = *self.places.entry(folded(&words)).or_insert(next);
        if at == next {
            self.addressees.push(words);
        }
        at
    }

    /// The network.
    #[must_use]
    pub fn finish(self) -> Network {
        let (speakers, _, places) = self.survey.finish_placed();
        let count = speakers.len();
        let addressed = |words: String| SpeakerSum { name: words.into(), kind: "addressee", ..SpeakerSum::default() };
        let all: Vec<SpeakerSum> = speakers.into_iter().chain(self.addressees.into_iter().map(addressed)).collect();
        let at = |end: End| match end {
            End::Group(group) => places[group],
            End::Addressee(number) => count + number,
        };
        // Two groups may have become one.
        let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
        for ((from, to), (edge, _)) in self.edges {
            let (source, target) = (at(from), at(to));
            if source != target {
                edges.entry((source, target)).or_default().join(&Edge { source, target, ..edge });
            }
        }
        let ids = ids(&all);
        let nodes = ids.into_iter().zip(all).map(|(id, speaker)| Node { id, speaker }).collect();
        Network { nodes, edges: edges.into_values().collect() }
    }
}

impl Edge {
    fn join(&mut self, other: &Edge) {
        self.source = other.source;
        self.target = other.target;
        self.weight += other.weight;
        self.about += other.about;
        self.to += other.to;
        self.direct += other.direct;
        self.mixed += other.mixed;
        self.indirect += other.indirect;
        self.articles += other.articles;
    }
}

/// A name for each that no other has: "Ana Ruiz"; "Ana Ruiz (Lorca)" where there are two; "Ana Ruiz (Lorca) #2" where that does not do.
fn ids(all: &[SpeakerSum]) -> Vec<String> {
    let mut names: HashMap<&Arc<str>, u64> = HashMap::new();
    all.iter().for_each(|speaker| *names.entry(&speaker.name).or_default() += 1);
    let mut taken: HashMap<String, u64> = HashMap::new();
    let mut id = |speaker: &SpeakerSum| {
        let alone = names.get(&speaker.name).is_none_or(|&count| count == 1);
        let mut id = match speaker.affiliations.first() {
            Some(affiliation) if !alone => format!("{} ({affiliation})", speaker.name),
            _ => speaker.name.to_string(),
        };
        loop {
            let times = taken.entry(id.clone()).or_default();
            *times += 1;
            if *times == 1 {
                return id;
            }
            id = format!("{id} #{times}");
        }
    };
    all.iter().map(&mut id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::ties::Tie;
    use crate::speakers::{ArticleCast, CastLine, Counts};
    use sayso::SpeakerId;

    fn line(id: u32, name: &str, affiliation: Option<&str>) -> CastLine {
        let counts = Counts { statements: 1, ..Counts::default() };
        CastLine { id, name: name.to_owned(), kind: "person", role: None, affiliation: affiliation.map(str::to_owned), counts }
    }

    fn article(document: &str, affiliation: Option<&str>) -> ArticleTies {
        let speakers = vec![line(0, "Ana Ruiz", affiliation), line(1, "Tam Orrel", None)];
        let tie = |target, about| Tie { from: SpeakerId(0), target, about, to: !about, form: Form::Direct };
        let ties = vec![tie(Target::Speaker(SpeakerId(1)), true), tie(Target::Words("The reporters".to_owned()), false)];
        ArticleTies { cast: ArticleCast { document: document.to_owned(), speakers, ..ArticleCast::default() }, ties }
    }

    fn network(merge: Merge, articles: &[ArticleTies]) -> Vec<String> {
        let mut weaver = Weaver::new(merge);
        articles.iter().for_each(|article| weaver.add(article.clone()));
        let network = weaver.finish();
        let id = |at: usize| network.nodes[at].id.clone();
        network.edges.iter().map(|e| format!("{} > {} {} in {}", id(e.source), id(e.target), e.weight, e.articles)).collect()
    }

    #[test]
    fn edges_of_joined_speakers_are_joined() {
        let articles = [article("a1", Some("Lorca")), article("a2", None)];
        let expected = ["Ana Ruiz > Tam Orrel 2 in 2", "Ana Ruiz > The reporters 2 in 2"];
        assert_eq!(network(Merge::NameAndAffiliation, &articles), expected);
    }

    #[test]
    fn two_of_one_name_have_two_ids() {
        let articles = [article("a1", Some("Lorca")), article("a2", Some("Vesmark"))];
        let apart = network(Merge::NameAndAffiliation, &articles);
        assert!(apart.contains(&"Ana Ruiz (Lorca) > Tam Orrel 1 in 1".to_owned()), "{apart:?}");
        assert!(apart.contains(&"Ana Ruiz (Vesmark) > Tam Orrel 1 in 1".to_owned()), "{apart:?}");
        let nothing = network(Merge::Nothing, &[article("a1", None), article("a2", None)]);
        assert_eq!(nothing.len(), 4, "{nothing:?}");
        assert!(nothing.contains(&"Ana Ruiz #2 > The reporters #2 1 in 1".to_owned()), "{nothing:?}");
    }
}
