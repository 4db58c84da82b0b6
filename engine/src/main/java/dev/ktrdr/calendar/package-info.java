/// When a market trades, and why it does not.
///
/// A [dev.ktrdr.calendar.TradingCalendar] answers for each date with a
/// [dev.ktrdr.calendar.Session], or with the [dev.ktrdr.calendar.Closure] that explains its
/// absence. Holidays are rules and not lists, so that they hold for 1990 to 2100; what no rule
/// foresees, such as a hurricane, stands beside them by name. Sessions are local times, so their
/// instants move with daylight saving. Instants are microseconds since 1970-01-01T00:00Z.
///
///     instant -> TradingDay(date) -> Session [open, close)   or Closure(kind, name)
///
/// Start with `TradingCalendar`. This package imports nothing of ours.
@NullMarked
package dev.ktrdr.calendar;

import org.jspecify.annotations.NullMarked;
