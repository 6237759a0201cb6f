//! How far `confidence` is from the share of statements that are right.

use crate::results::Table;

/// How many bins of equal width there are from 0 to 1.
const BINS: usize = 10;

/// The statements whose confidence lies in one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub statements: usize,
    /// How many of them are right.
    pub right: usize,
    /// Their confidences added up.
    sum: f64,
}

/// The statements of a set by their confidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    bins: [Bin; BINS],
}

impl Calibration {
    /// Counts one statement.
    pub fn add(&mut self, confidence: f64, right: bool) {
        let bin = &mut self.bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.statements += 1;
        bin.right += usize::from(right);
        bin.sum += confidence;
    }

    /// The expected calibration error, 0 to 1: how far mean confidence and share of right ones lie apart in each bin, weighted by the
    /// bin's statements.
    pub fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|b| b.statements).sum();
        let off: f64 = self.bins.iter().map(|b| (b.sum - b.right as f64).abs()).sum();
        if all == 0 { 0.0 } else { (off / all as f64 * 1e4).round() / 1e4 }
    }

    /// Adds a line for each bin that has statements.
    pub fn record(&self, set: &str, table: &mut Table) {
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, b)| b.statements > 0) {
            let share = |n: f64| format!("{:.3}", n / bin.statements as f64);
            let edge = |at: usize| format!("{:.1}", at as f64 / BINS as f64);
            let row = [set.to_owned(), edge(at), edge(at + 1), bin.statements.to_string(), share(bin.sum), share(bin.right as f64)];
            table.push(row.to_vec());
        }
    }

    /// An empty table for [`Calibration::record`].
    pub fn table() -> Table {
        Table::new("calibration.csv", &["set", "from", "to", "statements", "mean confidence", "right"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_weighted_gap_of_the_bins() {
        let mut calibration = Calibration::default();
        assert_eq!(calibration.error(), 0.0);
        calibration.add(1.0, true);
        calibration.add(0.95, false);
        calibration.add(0.2, false);
        calibration.add(0.25, true);
        // The last bin: 1.95 expected, 1 right. The third: 0.45 expected, 1 right.
        assert_eq!(calibration.error(), 0.375);
    }

    #[test]
    fn a_bin_without_statements_has_no_line() {
        let (mut calibration, mut table) = (Calibration::default(), Calibration::table());
        calibration.add(0.5, true);
        calibration.record("x", &mut table);
        assert_eq!(table.csv(), "set,from,to,statements,mean confidence,right\nx,0.5,0.6,1,0.500,1.000\n");
    }
}
