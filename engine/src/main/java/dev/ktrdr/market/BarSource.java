package dev.ktrdr.market;

/// A place that bars can be fetched from, page by page: an exchange, a vendor, a folder.
///
/// The caller asks again with the close of the last bar it was given, until a page is empty. What
/// is handed out is final: closed bars only, oldest first. Nothing else may be assumed: a source
/// may be slow, and a page may hold any number of bars above none. The caller waits meanwhile; an
/// interrupt of its thread ends the waiting.
public interface BarSource {

    /// {@return the name under which people know this source, such as `binance`}
    String name();

    /// {@return the first bars that open at or after `from` and are closed by now, as many as the
    /// source gives at once; none if there are no more at this time}
    ///
    /// @param symbol as users write it, such as `BTC/USDT`; the source translates
    /// @param timeframe length of the bars
    /// @param from microseconds since the epoch, UTC
    /// @throws BarSourceException if the source does not know the symbol or timeframe, cannot be
    ///     reached, or answers with what are no bars
    /// @throws InterruptedException if the thread was interrupted while it waited
    Bars after(String symbol, Timeframe timeframe, long from)
            throws BarSourceException, InterruptedException;
}
