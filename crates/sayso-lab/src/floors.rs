//! The floors: figures that may not fall.

use crate::corpora::Result;
use crate::results::Table;

/// The floors, as they stand in `floors.csv`.
pub const FLOORS: &str = include_str!("../floors.csv");

/// Those of the accurate model, as they stand in `floors-accurate.csv`.
pub const FLOORS_ACCURATE: &str = include_str!("../floors-accurate.csv");

/// What a figure must be.
#[derive(Clone, Debug, PartialEq)]
enum Bound {
    /// `66`: at least that.
    AtLeast(f64),
    /// `<=0.05`: at most that.
    AtMost(f64),
    /// `polnear-dev - 6`: at most so far below the same figure of another set.
    Near(String, f64),
}

impl Bound {
    fn parse(text: &str) -> Option<Bound> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        if let Some(most) = text.strip_prefix("<=") {
            return number(most).map(Bound::AtMost);
        }
        match text.split_once(" - ") {
            Some((set, below)) => Some(Bound::Near(set.to_owned(), number(below)?)),
            None => number(text).map(Bound::AtLeast),
        }
    }
}

/// A line for each figure that is not what it must be; none if all are.
///
/// # Errors
/// If a line of the floors cannot be read, or asks for a figure that is not there.
pub fn fallen(name: &str, floors: &str, figures: &Table) -> Result<Vec<String>> {
    let mut fallen = Vec::new();
    let mut lines = floors.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let header = lines.next().map(|(_, l)| l);
    if header != Some("set,figure,floor,goal") {
        return Err(format!("{name}: it begins with {header:?}, expected \"set,figure,floor,goal\""));
    }
    for (at, line) in lines {
        let refused = |why: String| format!("{name}:{}: {why}", at + 1);
        let [set, figure, floor, goal] = line.split(',').collect::<Vec<_>>()[..] else {
            return Err(refused(format!("{line:?}, expected set,figure,floor,goal")));
        };
        if !goal.is_empty() && goal.parse::<f64>().is_err() {
            return Err(refused(format!("the goal {goal:?}, expected a number or nothing")));
        }
        let bound = Bound::parse(floor).ok_or_else(|| refused(format!("the floor {floor:?}, expected 66, <=0.05 or SET - 6")))?;
        let found = figures.figure(set, figure).map_err(refused)?;
        let (holds, asked) = match &bound {
            Bound::AtLeast(least) => (found >= *least, format!("its floor is {least}")),
            Bound::AtMost(most) => (found <= *most, format!("its ceiling is {most}")),
            Bound::Near(other, below) => {
                let theirs = figures.figure(other, figure).map_err(refused)?;
                // The figures have one decimal; the half keeps a difference of exactly `below` from failing.
                (found + below + 0.05 > theirs, format!("its floor is {below} below {other}'s {theirs}"))
            }
        };
        if !holds {
            fallen.push(format!("{set}, {figure}: found {found}, {asked}"));
        }
    }
    Ok(fallen)
}

#[cfg(test)]
mod tests {
    use sayso_corpus::score::Figure;

    use super::*;

    fn figures() -> Table {
        let mut table = Table::of_figures("made.csv", &["set"]);
        for (set, figure, value) in [("here", "all", 70.1), ("there", "all", 64.1), ("here", "error", 0.06)] {
            table.push_figure(&[set], figure, &Figure::Percent(value));
        }
        table
    }

    fn check(lines: &str) -> Result<Vec<String>> {
        fallen("made.csv", &format!("# ours\nset,figure,floor,goal\n{lines}"), &figures())
    }

    #[test]
    fn a_figure_on_its_floor_has_not_fallen() {
        assert_eq!(check("here,all,70.1,80\nhere,error,<=0.06,\nthere,all,here - 6,\n"), Ok(Vec::new()));
    }

    #[test]
    fn each_figure_that_fell_has_a_line_of_its_own() {
        let fell = check("here,all,70.2,80\nhere,error,<=0.05,\nthere,all,here - 5,\nthere,all,64,\n").expect("floors");
        let lines = [
            "here, all: found 70.1, its floor is 70.2",
            "here, error: found 0.06, its ceiling is 0.05",
            "there, all: found 64.1, its floor is 5 below here's 70.1",
        ];
        assert_eq!(fell, lines);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        assert!(check("here,all,high,\n").expect_err("no number").starts_with("made.csv:3: the floor \"high\""));
        assert!(check("here,all,1,2\nhere,all,1\n").expect_err("a cell too few").starts_with("made.csv:4: \"here,all,1\""));
        assert!(check("here,none,1,\n").expect_err("no such figure").starts_with("made.csv:3: "));
        assert!(check("here,all,1,far\n").expect_err("no number").contains("the goal \"far\""));
        assert!(fallen("made.csv", "set,floor\n", &figures()).is_err());
    }

    #[test]
    fn the_floors_that_are_kept_can_be_read() {
        let mut all = Table::of_figures("made.csv", &["set"]);
        for row in Table::parse("floors.csv", FLOORS).expect("floors").rows() {
            for set in [row.cell("set"), "polnear-dev"] {
                all.push_figure(&[set], row.cell("figure"), &Figure::Percent(if row.cell("floor").starts_with('<') { 0.0 } else { 100.0 }));
            }
        }
        assert_eq!(fallen("floors.csv", FLOORS, &all), Ok(Vec::new()));
    }
}
