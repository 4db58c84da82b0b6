package dev.ktrdr.market;

import dev.ktrdr.calendar.TradingCalendar;

/// What is traded under a symbol: when, in which steps, and at what cost.
///
/// @param symbol as users write it, such as `SPX`, `BTC/USDT`, `EURUSD`
/// @param kind what sort of thing it is
/// @param name the name in words; the symbol where none is known
/// @param calendar when it trades
/// @param currency that of its prices by ISO 4217 or the code of a coin; `XXX` where not known
/// @param tickSize smallest step of the price, 0 where any price is possible or nothing is known
/// @param lotSize smallest step of a quantity, 0 where any is possible or nothing is known
/// @param costs what an order costs
/// @param signed whether prices of 0 and below are allowed, as for spreads and rates
/// @param known whether somebody described it; else it was guessed from the symbol
public record Instrument(
        String symbol,
        Kind kind,
        String name,
        TradingCalendar calendar,
        String currency,
        double tickSize,
        double lotSize,
        CostModel costs,
        boolean signed,
        boolean known) {

    /// What sort of thing an instrument is.
    public enum Kind {
        /// A coin against money or another coin.
        CRYPTO,
        /// A pair of currencies, or a metal against one.
        FOREX,
        /// A share.
        STOCK,
        /// A fund that trades like a share.
        ETF,
        /// A number that others trade by contracts on it.
        INDEX,
        /// A contract with an expiry.
        FUTURE,
        /// Anything else.
        OTHER
    }

    /// The currency of an instrument of which none is known: that code of ISO 4217.
    public static final String NO_CURRENCY = "XXX";

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the symbol is blank, or a size negative or not a number
    public Instrument {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("symbol must not be blank");
        }
        check("tickSize", tickSize);
        check("lotSize", lotSize);
    }

    private static void check(String name, double size) {
        if (!(size >= 0 && Double.isFinite(size))) { // written so that NaN is refused too
            throw new IllegalArgumentException(name + " must be 0 or more, was " + size);
        }
    }

    /// {@return what a row of this instrument has to keep to be a bar of `timeframe`}
    public BarRules rules(Timeframe timeframe) {
        return new BarRules(timeframe, signed);
    }
}
