/// How far a series of bars can be trusted.
///
/// [dev.ktrdr.quality.Quality] walks along the bars of one series and writes a
/// [dev.ktrdr.quality.QualityReport]: what is there, what the calendar of the instrument expects
/// beyond that, and what looks wrong. It never repairs anything. Bars that were filled in on
/// purpose are no data: they are counted, and else treated as missing, so that filling a series
/// does not make its report look better.
///
///     parts (months) -> GapScan, StaleScan, ReturnScan -> QualityReport
///
/// A series is never held as a whole, so that its length does not matter.
@NullMarked
package dev.ktrdr.quality;

import org.jspecify.annotations.NullMarked;
