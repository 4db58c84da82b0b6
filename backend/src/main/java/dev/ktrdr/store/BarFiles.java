package dev.ktrdr.store;

import dev.ktrdr.market.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of one series as they lie there now.
///
/// @param own the files that we have written, by partition
/// @param foreign files that somebody put there, by name
record BarFiles(NavigableMap<Partition, Path> own, List<Path> foreign) {

    /// One file in one state.
    record Stamp(Path file, long size, String modified) {}

    /// {@return what `stamps` are to a series of `timeframe`}
    ///
    /// @param ours whether a file was written by us
    static BarFiles of(Timeframe timeframe, List<Stamp> stamps, Predicate<Stamp> ours) {
        NavigableMap<Partition, Path> own = new TreeMap<>();
        List<Path> foreign = new ArrayList<>();
        for (Stamp stamp : stamps) {
            String name = stamp.file.getFileName().toString();
            Partition.ofFile(timeframe, name)
                    .filter(_ -> ours.test(stamp))
                    .ifPresentOrElse(
                            partition -> own.put(partition, stamp.file),
                            () -> foreign.add(stamp.file));
        }
        return new BarFiles(own, foreign);
    }

    /// {@return the files in `folder` with their states, none if there is no such folder}
    static List<Stamp> stamps(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : parquet(folder)) {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(new Stamp(file, now.size(), now.lastModifiedTime().toString()));
        }
        return stamps;
    }

    /// {@return the Parquet files in `folder`, by name}
    static List<Path> parquet(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".parquet"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    boolean isEmpty() {
        return own.isEmpty() && foreign.isEmpty();
    }

    /// {@return the files that may have bars at or after `from` and before `to`, ours first}
    List<Path> overlapping(long from, long to) {
        return Stream.concat(
                        own.entrySet().stream()
                                .filter(entry -> entry.getKey().overlaps(from, to))
                                .map(Map.Entry::getValue),
                        foreign.stream())
                .toList();
    }
}
