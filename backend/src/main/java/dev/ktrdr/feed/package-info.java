/// Where bars come from: files that people have, read as they are.
///
/// [dev.ktrdr.feed.BarFile] opens a file, tells what it found there before anything is stored
/// ([dev.ktrdr.feed.Detected]), and then hands over row by row what is a bar and, with line and
/// reason, what is not. Nothing is repaired, nothing is guessed silently, and a file of any size
/// is read in the same memory:
///
///     Path -> Content -> CsvRows   -> Cells -> RowReader -> Intake -----------> RowSink
///             unpack,    JsonRows     text     numbers,     zone,   \-> TickBars -^
///             decode     ParquetRows           stamp        rules
///
/// What a file needs and cannot say itself (the zone of its stamps, the names of its columns) is
/// in [dev.ktrdr.feed.ReadOptions]. Start with `BarFile`.
@NullMarked
package dev.ktrdr.feed;

import org.jspecify.annotations.NullMarked;
