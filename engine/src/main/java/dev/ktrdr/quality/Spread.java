package dev.ktrdr.quality;

/// Where the middle of many numbers lies and how far they spread, in bounded memory.
///
/// The numbers are counted in bins that grow with their size, 512 to each doubling, so that a
/// median is right to 0.1 %. The robust score of a number is 0.6745 (x - median) / MAD, by B.
/// Iglewicz and D. Hoaglin, "How to Detect and Handle Outliers" (1993), section 3.3: for a normal
/// distribution the usual z. Where more than half of the numbers are equal, as in a market that
/// seldom moves, MAD is 0 and the mean absolute deviation from the median takes its place with
/// their factor 1.253314.
final class Spread {

    private static final double MAD_FACTOR = 0.6745;
    private static final double MEAN_FACTOR = 1.253314;

    /// Below this many numbers nothing stands out.
    private static final long COUNT_MIN = 20;

    private static final int SHIFT = 52 - 9;
    private static final long SMALLEST = Double.doubleToRawLongBits(0x1p-40) >>> SHIFT;
    private static final long LARGEST = Double.doubleToRawLongBits(0x1p40) >>> SHIFT;
    private static final int SIDE = (int) (LARGEST - SMALLEST) + 1;

    /// Negative numbers, largest first, then 0 at position SIDE, then positive ones.
    private final int[] bins = new int[2 * SIDE + 1];

    private long count;
    private double median;
    private double unit;

    /// Counts one number.
    void add(double x) {
        bins[bin(x)]++;
        count++;
    }

    private static int bin(double x) {
        long size = Double.doubleToRawLongBits(Math.abs(x)) >>> SHIFT;
        int steps = (int) (Math.min(size, LARGEST) - SMALLEST) + 1;
        if (steps <= 0) {
            return SIDE;
        }
        return x < 0 ? SIDE - steps : SIDE + steps;
    }

    /// {@return the number in the middle of a bin}
    private static double middle(int bin) {
        if (bin == SIDE) {
            return 0;
        }
        long size = SMALLEST + Math.abs(bin - SIDE) - 1;
        double middle = Double.longBitsToDouble((size << SHIFT) + (1L << (SHIFT - 1)));
        return bin < SIDE ? -middle : middle;
    }

    /// Works out the middle and the unit of the scores; to be called once, after all were counted.
    void settle() {
        if (count < COUNT_MIN) {
            return;
        }
        int centre = 0;
        for (long below = bins[0]; below < half(); below += bins[centre]) {
            centre++;
        }
        median = middle(centre);
        double deviation = medianDeviation(centre);
        unit = deviation > 0 ? deviation / MAD_FACTOR : meanDeviation() * MEAN_FACTOR;
    }

    private long half() {
        return (count + 1) / 2;
    }

    /// Takes in bins from the centre outwards, the nearer one first, until half of all are in.
    private double medianDeviation(int centre) {
        int left = centre;
        int right = centre;
        double deviation = 0;
        for (long inside = bins[centre]; inside < half(); ) {
            double down = left > 0 ? median - middle(left - 1) : Double.POSITIVE_INFINITY;
            double up =
                    right + 1 < bins.length ? middle(right + 1) - median : Double.POSITIVE_INFINITY;
            deviation = Math.min(down, up);
            inside += down <= up ? bins[--left] : bins[++right];
        }
        return deviation;
    }

    private double meanDeviation() {
        double sum = 0;
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] > 0) {
                sum += bins[i] * Math.abs(middle(i) - median);
            }
        }
        return sum / count;
    }

    /// {@return the robust score of `x`, 0 where there is nothing to compare it with}
    double score(double x) {
        return unit > 0 ? (x - median) / unit : 0;
    }
}
