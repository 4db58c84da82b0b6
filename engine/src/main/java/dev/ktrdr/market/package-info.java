/// What a market is made of: bars on a grid of time.
///
/// [dev.ktrdr.market.Bars] holds the prices of one symbol in columns; it cannot be built from rows
/// that break the rules of a bar. [dev.ktrdr.market.Timeframe] is the grid. A bar is stamped with
/// the instant of its OPEN, in UTC, and exists only after its close. Start with `Bars`.
@NullMarked
package dev.ktrdr.market;

import org.jspecify.annotations.NullMarked;
