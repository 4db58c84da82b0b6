package dev.ktrdr.market;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.Instrument.Kind;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The instruments that somebody described, and a guess from the symbol for all others.
///
/// Two currencies are a currency pair (`EURUSD`, `EUR/USD`, also metals as `XAUUSD`); any other
/// pair with a slash is crypto (`BTC/USDT`, `BTC/USDT:USDT`); the rest trades from Monday to Friday
/// and is not known. Immutable.
public final class Instruments {

    private static final Pattern CURRENCIES = Pattern.compile("([A-Z]{3})/?([A-Z]{3})");
    private static final Pattern PAIR = Pattern.compile("[A-Z0-9]+/([A-Z0-9]{3,})(:[A-Z0-9]+)?");

    /// By ISO 4217, without those for no currency and for tests.
    private static final Set<String> CODES =
            Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .filter(code -> !Set.of("XXX", "XTS").contains(code))
                    .collect(Collectors.toUnmodifiableSet());

    private static final double POINT = 0.00001;

    /// The point of a pair whose second currency has no cents, such as the yen.
    private static final double POINT_WITHOUT_CENTS = 0.001;

    private final Map<String, Instrument> bySymbol;

    private Instruments(Map<String, Instrument> bySymbol) {
        this.bySymbol = bySymbol;
    }

    /// {@return these instruments}
    ///
    /// @throws IllegalArgumentException if two have the same symbol
    public static Instruments of(List<Instrument> listed) {
        Map<String, Instrument> bySymbol = new LinkedHashMap<>();
        for (Instrument instrument : listed) {
            if (bySymbol.put(instrument.symbol(), instrument) != null) {
                throw new IllegalArgumentException(
                        "a symbol must be listed once, %s is there twice"
                                .formatted(instrument.symbol()));
            }
        }
        return new Instruments(bySymbol);
    }

    /// {@return no instruments, so that each is a guess}
    public static Instruments none() {
        return of(List.of());
    }

    /// {@return those that somebody described, in their order}
    public List<Instrument> listed() {
        return List.copyOf(bySymbol.values());
    }

    /// {@return the instrument listed under `symbol`, else a guess that says it is one}
    public Instrument of(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol)).orElseGet(() -> guess(symbol));
    }

    private static Instrument guess(String symbol) {
        Matcher currencies = CURRENCIES.matcher(symbol);
        if (currencies.matches()
                && CODES.contains(currencies.group(1))
                && CODES.contains(currencies.group(2))) {
            return currencyPair(symbol, currencies.group(2));
        }
        Matcher pair = PAIR.matcher(symbol);
        return pair.matches()
                ? guess(symbol, Kind.CRYPTO, TradingCalendar.roundTheClock(), pair.group(1))
                : guess(symbol, Kind.OTHER, TradingCalendar.weekdays(), Instrument.NO_CURRENCY);
    }

    private static Instrument currencyPair(String symbol, String quote) {
        boolean cents = Currency.getInstance(quote).getDefaultFractionDigits() != 0;
        double point = cents ? POINT : POINT_WITHOUT_CENTS;
        return new Instrument(
                symbol,
                Kind.FOREX,
                symbol,
                TradingCalendar.currencies(),
                quote,
                point,
                1,
                CostModel.of(Kind.FOREX, point),
                false,
                false);
    }

    private static Instrument guess(
            String symbol, Kind kind, TradingCalendar calendar, String currency) {
        return new Instrument(
                symbol,
                kind,
                symbol,
                calendar,
                currency,
                0,
                0,
                CostModel.ofKind(kind),
                false,
                false);
    }
}
