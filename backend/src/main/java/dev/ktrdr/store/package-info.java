/// What lies on the volume, and how it gets there without ever being torn.
///
/// [dev.ktrdr.store.DataFolder] owns the folder: it checks that it can be written, that no newer
/// version has left data there, and that nobody else has it open. [dev.ktrdr.store.BarLake] keeps
/// bars as Parquet files that other tools can read, [dev.ktrdr.store.StateDatabase] keeps the rest
/// in SQLite. Files are written beside, synced and renamed:
///
///     CSV -> CsvReader -> Bars -> BarLake -> bars.parquet.part -> bars.parquet
///                                         -> StateDatabase: where it came from
@NullMarked
package dev.ktrdr.store;

import org.jspecify.annotations.NullMarked;
