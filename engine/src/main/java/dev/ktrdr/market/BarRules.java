package dev.ktrdr.market;

import java.util.Optional;

/// What a row has to keep to be a bar.
///
/// @param timeframe grid of the times
/// @param signed whether prices of 0 and below are allowed, as for spreads, rates and the oil of
///     April 2020; else every price is above 0
public record BarRules(Timeframe timeframe, boolean signed) {

    /// {@return the rules of an ordinary instrument: every price is above 0}
    public static BarRules of(Timeframe timeframe) {
        return new BarRules(timeframe, false);
    }

    /// {@return why these values are not a bar, empty when they are one}
    ///
    /// @param time open of the bar, microseconds since the epoch, UTC
    /// @param open first price
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, `NaN` where unknown
    public Optional<String> flaw(
            long time, double open, double high, double low, double close, double volume) {
        if (!timeframe.isOnGrid(time)) {
            return Optional.of("time must lie on the grid of " + timeframe.id());
        }
        return flaw(open, high, low, close, volume);
    }

    private Optional<String> flaw(
            double open, double high, double low, double close, double volume) {
        if (!(Double.isFinite(low) && Double.isFinite(high) && (signed || low > 0))) {
            return Optional.of(signed ? "prices must be finite" : "prices must be above 0");
        }
        if (!(high >= Math.max(open, close))) { // written so that NaN is caught too
            return Optional.of("high must not be below open or close");
        }
        if (!(low <= Math.min(open, close))) {
            return Optional.of("low must not be above open or close");
        }
        if (volume < 0 || Double.isInfinite(volume)) {
            return Optional.of("volume must be 0 or more");
        }
        return Optional.empty();
    }
}
