package dev.ktrdr.source;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.BarSource;
import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.BarSourceException.Kind;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Bars of a server that speaks the klines of Binance's spot API, version 3.
///
///     GET /api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=1499040000000&limit=1000
///
/// Source: "Binance Spot API Docs", REST API, "Kline/Candlestick data" and "Limits". Symbols go
/// without their slash; our timeframes are its intervals. A bar counts as closed two seconds after
/// its close, by the slower of both clocks: only then is its last trade surely in it. The server
/// passes over times without bars, so that a page is empty only where there are no more.
/// Threads may share it.
public final class Klines implements BarSource {

    /// The most the server gives at once.
    static final int PAGE_ROWS = 1000;

    private static final String PATH = "/api/v3/klines";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9._-]{1,50}");

    private final URI address;
    private final PoliteClient client;
    private final Consumer<String> refused;

    /// Bars of the server at `base`.
    ///
    /// @param base such as `https://api.binance.com`; a path in it replaces `/api/v3/klines`
    /// @param weightMax weight used within a minute at which we wait for the next one
    /// @param clock to tell closed bars
    /// @param refused hears a sentence for each row that is no bar and was left out
    public Klines(URI base, int weightMax, Clock clock, Consumer<String> refused) {
        this(base, client(weightMax, clock), refused);
    }

    Klines(URI base, PoliteClient client, Consumer<String> refused) {
        boolean bare = base.getPath().isEmpty() || base.getPath().equals("/");
        this.address = bare ? base.resolve(PATH) : base;
        this.client = client;
        this.refused = refused;
    }

    private static PoliteClient client(int weightMax, Clock clock) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        SplittableRandom chance = new SplittableRandom(clock.millis());
        return new PoliteClient(http, TIMEOUT, weightMax, clock, chance, Thread::sleep);
    }

    @Override
    public String name() {
        return "klines of " + address.getHost();
    }

    @Override
    public Bars after(String symbol, Timeframe timeframe, long from)
            throws BarSourceException, InterruptedException {
        BarRules rules = BarRules.of(timeframe);
        KlinePage page = page(symbol, rules, from);
        // A page of nothing but refused rows is not the end.
        while (page.bars().count() == 0 && !page.refused().isEmpty()) {
            page = page(symbol, rules, page.lastOpen() + 1);
        }
        return page.bars();
    }

    private KlinePage page(String symbol, BarRules rules, long from)
            throws BarSourceException, InterruptedException {
        PoliteClient.Answer answer = client.get(question(symbol, rules.timeframe(), from));
        long settled = Timeframe.micros(answer.time().minus(SETTLING));
        KlinePage page = KlinePage.read(answer.body(), rules, settled);
        // Else we would ask for the same page for ever.
        if (page.firstOpen() < from) {
            throw new BarSourceException(
                    Kind.INVALID, "the server answers with bars before those we asked for");
        }
        page.refused().forEach(row -> refused.accept("%s %s".formatted(symbol, row)));
        return page;
    }

    private URI question(String symbol, Timeframe timeframe, long from) throws BarSourceException {
        String asset = symbol.replace("/", "");
        if (!SYMBOL.matcher(asset).matches()) {
            throw new BarSourceException(
                    Kind.NOT_FOUND,
                    "%s is no symbol of this source; it takes such as BTC/USDT".formatted(symbol));
        }
        long millis = Math.max(0, Math.ceilDiv(from, 1000));
        return URI.create(
                "%s?symbol=%s&interval=%s&startTime=%d&limit=%d"
                        .formatted(address, asset, timeframe.id(), millis, PAGE_ROWS));
    }
}
