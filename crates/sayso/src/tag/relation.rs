//! The relations of a word to its head that the parser tells apart: Universal Dependencies, folded.

/// How a word depends on its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Relation {
    /// The head of its sentence.
    Root,
    /// nsubj, csubj
    Subject,
    /// obj, iobj
    Object,
    /// ccomp, xcomp
    Complement,
    /// parataxis: a reporting clause beside what it reports, or the other way round
    Beside,
    /// advcl, acl
    Clause,
    /// obl, nmod
    Modifier,
    /// appos
    Apposition,
    /// conj
    Conjunct,
    /// aux, cop
    Auxiliary,
    /// case, mark, cc
    Joint,
    /// det, amod, nummod, compound, flat, ...
    Inner,
    /// advmod
    Adverb,
    /// punct
    Punctuation,
    /// anything else
    Other,
}

/// All relations, in the order of their numbers.
pub const RELATIONS: [Relation; 15] = [
    Relation::Root,
    Relation::Subject,
    Relation::Object,
    Relation::Complement,
    Relation::Beside,
    Relation::Clause,
    Relation::Modifier,
    Relation::Apposition,
    Relation::Conjunct,
    Relation::Auxiliary,
    Relation::Joint,
    Relation::Inner,
    Relation::Adverb,
    Relation::Punctuation,
    Relation::Other,
];

impl Relation {
    /// The relation of a Universal Dependencies label, version 1 or 2, subtypes ignored.
    #[must_use]
    pub fn of_label(label: &str) -> Relation {
        match label.split(':').next().unwrap_or_default() {
            "root" => Relation::Root,
            "nsubj" | "nsubjpass" | "csubj" | "csubjpass" => Relation::Subject,
            "obj" | "dobj" | "iobj" => Relation::Object,
            "ccomp" | "xcomp" => Relation::Complement,
            "parataxis" => Relation::Beside,
            "advcl" | "acl" => Relation::Clause,
            "obl" | "nmod" => Relation::Modifier,
            "appos" => Relation::Apposition,
            "conj" => Relation::Conjunct,
            "aux" | "auxpass" | "cop" => Relation::Auxiliary,
            "case" | "mark" | "cc" => Relation::Joint,
            "det" | "amod" | "nummod" | "compound" | "flat" | "fixed" | "name" | "mwe" | "neg" => Relation::Inner,
            "advmod" => Relation::Adverb,
            "punct" => Relation::Punctuation,
            _ => Relation::Other,
        }
    }

    /// The relation of that number.
    #[must_use]
    pub fn of_number(number: u8) -> Relation {
        RELATIONS.get(number as usize).copied().unwrap_or(Relation::Other)
    }
}
