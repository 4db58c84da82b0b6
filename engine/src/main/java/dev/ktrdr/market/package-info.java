/// What a market is made of: instruments, and bars on a grid of time.
///
/// [dev.ktrdr.market.Bars] holds the prices of one symbol in columns; it cannot be built from rows
/// that break the rules of a bar. A bar is stamped with the instant of its OPEN, in UTC, and exists
/// only after its close. [dev.ktrdr.market.Instrument] says what a symbol is and what it costs.
///
///     Timeframe  a length            + TradingCalendar = BarGrid   where bars lie
///     BarRules   what a row keeps                        ExpectedBars   a walk along them
///     BarSource -> Bars -> Resampling, Filling -> Bars
///
/// Start with `Bars`.
@NullMarked
package dev.ktrdr.market;

import org.jspecify.annotations.NullMarked;
