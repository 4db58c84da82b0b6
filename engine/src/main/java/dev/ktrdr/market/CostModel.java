package dev.ktrdr.market;

/// What one order costs beyond its price. All parts add up; each may be 0.
///
/// @param commissionRate share of the traded value, so 0.001 is a tenth of a per cent
/// @param commissionPerUnit money for each unit traded
/// @param commissionMin money that an order costs at least
/// @param slippageRate share of the price by which a fill is worse than the quoted one
/// @param spread distance from bid to ask in units of the price; an order pays half of it
public record CostModel(
        double commissionRate,
        double commissionPerUnit,
        double commissionMin,
        double slippageRate,
        double spread) {

    /// Ten points are a pip, the usual spread of a liquid pair.
    private static final int PIP_TICKS = 10;

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if a part is negative or not a number
    public CostModel {
        check("commissionRate", commissionRate);
        check("commissionPerUnit", commissionPerUnit);
        check("commissionMin", commissionMin);
        check("slippageRate", slippageRate);
        check("spread", spread);
    }

    private static void check(String name, double part) {
        if (!(part >= 0 && Double.isFinite(part))) { // written so that NaN is refused too
            throw new IllegalArgumentException(name + " must be 0 or more, was " + part);
        }
    }

    /// {@return a market without costs}
    public static CostModel free() {
        return new CostModel(0, 0, 0, 0, 0);
    }

    /// {@return what is assumed for a kind of instrument until somebody knows better}
    ///
    /// Crypto pays 0.1 % as at the large exchanges and slips 0.05 %. A currency pair costs its
    /// spread of one pip and nothing else. Shares and funds pay 0.005 a share, at least 1, as at
    /// the large brokers, and slip 0.02 % and 0.01 %. An index, which one trades by a contract on
    /// it, slips 0.02 %. A future pays 2.50 a contract and slips 0.01 %. What is not known costs
    /// 0.1 % and slips 0.05 %.
    ///
    /// @param tickSize smallest step of the price, which makes a pip; only currencies need it
    public static CostModel of(Instrument.Kind kind, double tickSize) {
        return switch (kind) {
            case CRYPTO, OTHER -> new CostModel(0.001, 0, 0, 0.0005, 0);
            case FOREX -> new CostModel(0, 0, 0, 0, PIP_TICKS * tickSize);
            case STOCK -> new CostModel(0, 0.005, 1, 0.0002, 0);
            case ETF -> new CostModel(0, 0.005, 1, 0.0001, 0);
            case INDEX -> new CostModel(0, 0, 0, 0.0002, 0);
            case FUTURE -> new CostModel(0, 2.5, 0, 0.0001, 0);
        };
    }

    /// {@return the same with a tick of 0.00001, that of most currency pairs}
    public static CostModel ofKind(Instrument.Kind kind) {
        return of(kind, 0.00001);
    }
}
