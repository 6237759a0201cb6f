//! The dates that articles come with, in the forms that archives write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// The day and time that a date says, in its own place's time; none where it says no day.
///
/// Read are ISO 8601 ("2024-05-01T10:00:00Z", "2024-05-01", "20240501"), RFC 2822 ("Wed, 01 May 2024 10:00:00 +0000") and days in
/// words ("1 May 2024", "May 1, 2024").
///
/// ```
/// use sayso_corpus::speakers::moment;
/// assert_eq!(moment("2024-05-01T23:30:00-04:00").map(|m| m.to_string()).as_deref(), Some("2024-05-01 23:30:00"));
/// assert_eq!(moment("last week"), None);
/// ```
#[must_use]
pub fn moment(date: &str) -> Option<NaiveDateTime> {
    let date = date.trim();
    let zoned = DateTime::parse_from_rfc3339(date).or_else(|_| DateTime::parse_from_rfc2822(date));
    let local = || ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"].iter().find_map(|form| NaiveDateTime::parse_from_str(date, form).ok());
    let begins_with_day = || NaiveDate::parse_from_str(date.get(..10)?, "%Y-%m-%d").ok();
    let day = || ["%Y%m%d", "%d %B %Y", "%B %d, %Y"].iter().find_map(|form| NaiveDate::parse_from_str(date, form).ok());
    zoned.map(|z| z.naive_local()).ok().or_else(local).or_else(|| begins_with_day().or_else(day)?.and_hms_opt(0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_archives_are_read() {
        let day = |date: &str| moment(date).map(|m| m.format("%Y-%m-%d %H:%M").to_string());
        for date in ["2024-05-01T10:00:00Z", "2024-05-01 10:00:00", "Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00.5"] {
            assert_eq!(day(date).as_deref(), Some("2024-05-01 10:00"), "{date}");
        }
        for date in ["2024-05-01", "20240501", " 1 May 2024", "May 1, 2024", "2024-05-01 (late edition)"] {
            assert_eq!(day(date).as_deref(), Some("2024-05-01 00:00"), "{date}");
        }
        assert_eq!((day(""), day("Tuesday"), day("2024-13-41"), day("ééééééé")), (None, None, None, None));
    }
}
