//! The kinds of damage, each with its name in the results.

use super::edits::Edit;
use super::original::Original;
use super::{marks, print};
use crate::random::Random;

/// One way to damage an article.
pub struct Kind {
    /// Its name in the results.
    pub name: &'static str,
    /// Whether it befalls one place, so that an article has several versions of it.
    pub local: bool,
    /// What it changes; nothing where the article has nothing of the sort.
    pub edits: fn(&Original, &mut Random) -> Vec<Edit>,
}

const fn local(name: &'static str, edits: fn(&Original, &mut Random) -> Vec<Edit>) -> Kind {
    Kind { name, local: true, edits }
}

const fn whole(name: &'static str, edits: fn(&Original, &mut Random) -> Vec<Edit>) -> Kind {
    Kind { name, local: false, edits }
}

/// All kinds, in the order of the results.
pub const KINDS: &[Kind] = &[
    local("opening mark lost", |a, r| marks::removed(a, true, r)),
    local("closing mark lost", |a, r| marks::removed(a, false, r)),
    local("mark doubled", marks::doubled),
    local("mark of another style", marks::of_another_style),
    local("mark turned", marks::turned),
    local("mark spaced", marks::spaced),
    whole("marks straight", |a, _| marks::straight(a)),
    whole("marks curly", |a, _| marks::all(a, "“", "”")),
    whole("marks single", |a, _| marks::all(a, "‘", "’")),
    whole("marks of two strokes", |a, _| marks::all(a, "``", "''")),
    whole("marks French", |a, _| marks::all(a, "«", "»")),
    whole("marks German", |a, _| marks::all(a, "„", "“")),
    whole("marks all closing", |a, _| marks::all(a, "”", "”")),
    whole("blanks unbreaking", |a, _| print::unbreaking(a)),
    whole("Windows line ends", |a, _| print::windows(a)),
    local("paragraph break lost", print::break_lost),
    local("paragraph break added", print::break_added),
    whole("breaks single", |a, _| print::breaks_single(a)),
    whole("lines wrapped", |a, _| print::wrapped(a)),
    whole("capitals", |a, _| print::capitals(a)),
    local("end lost", print::truncated),
    whole("mojibake", |a, _| print::mojibake(a)),
    whole("unreadable characters", |a, _| print::unreadable(a)),
    whole("tags left", |a, _| print::tags(a)),
    whole("entities left", |a, _| print::entities(a)),
    whole("wire dateline", |a, _| print::wire(a)),
    local("scanned", print::scanned),
];
