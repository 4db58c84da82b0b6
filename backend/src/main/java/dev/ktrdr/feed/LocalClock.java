package dev.ktrdr.feed;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells which instant the clock on a wall showed. For one thread.
///
/// In spring an hour is left out, in autumn one is shown twice. Between two such changes the offset
/// from UTC is one number, which is kept, so that a row costs a subtraction.
final class LocalClock {

    /// How often a wall showed a time.
    enum Shown {
        NEVER,
        ONCE,
        TWICE
    }

    private final ZoneRules rules;

    private long steadyFrom;
    private long steadyTo;
    private long steadyOffset;

    private long earlier;
    private long later;

    LocalClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /// {@return how often the time was shown; [#earlier] and [#later] say when}
    ///
    /// @param local microseconds since 1970-01-01T00:00 on the wall
    Shown find(long local) {
        if (local >= steadyFrom && local < steadyTo) {
            earlier = local - steadyOffset;
            return Shown.ONCE;
        }
        LocalDateTime wall = LocalDateTime.ofInstant(instant(local), ZoneOffset.UTC);
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        if (offsets.isEmpty()) {
            return Shown.NEVER;
        }
        earlier = local - micros(offsets.getFirst());
        later = local - micros(offsets.getLast());
        if (offsets.size() > 1) {
            return Shown.TWICE;
        }
        keep(wall, offsets.getFirst());
        return Shown.ONCE;
    }

    private void keep(LocalDateTime wall, ZoneOffset offset) {
        Instant instant = wall.toInstant(offset);
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        steadyFrom = Math.max(before(before, Long.MIN_VALUE), after(before, Long.MIN_VALUE));
        steadyTo = Math.min(before(after, Long.MAX_VALUE), after(after, Long.MAX_VALUE));
        steadyOffset = micros(offset);
    }

    /// {@return the instant at which it was shown, the first of two}
    long earlier() {
        return earlier;
    }

    /// {@return the second instant at which it was shown, if there were two}
    long later() {
        return later;
    }

    /// {@return what the wall shows at an instant, in microseconds since 1970-01-01T00:00 on it}
    long local(long micros) {
        return micros + micros(rules.getOffset(instant(micros)));
    }

    private static long before(@Nullable ZoneOffsetTransition change, long none) {
        return change == null ? none : micros(change.getDateTimeBefore());
    }

    private static long after(@Nullable ZoneOffsetTransition change, long none) {
        return change == null ? none : micros(change.getDateTimeAfter());
    }

    private static long micros(LocalDateTime wall) {
        return wall.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    }

    private static long micros(ZoneOffset offset) {
        return offset.getTotalSeconds() * 1_000_000L;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
