package dev.ktrdr.market;

/// Bars of a longer timeframe, made of shorter ones.
///
/// @param complete the bars that are finished: nothing that is still to come changes them
/// @param partial the last bar as far as it is known, or none; not to be used as a bar, because it
///     may still change
public record Resampled(Bars complete, Bars partial) {}
