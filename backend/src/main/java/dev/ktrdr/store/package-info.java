/// What lies on the volume, and how it gets there without ever being torn.
///
/// [dev.ktrdr.store.DataFolder] owns the folder: it checks that it can be written, that no newer
/// version has left data there, and that nobody else has it open. [dev.ktrdr.store.BarLake] keeps
/// bars as Parquet files that other tools can read, [dev.ktrdr.store.StateDatabase] keeps the rest
/// in SQLite. A [dev.ktrdr.store.Staging] is an import on its way:
///
///     rows -> Staging -> Rows, sorted, one lot a file -> .stage/ID/2020-04.parquet.part
///                                                     -> .stage/ID/commit.json: it counts
///                        Commit: renamed into place   -> symbol=X/2020-04.parquet
///                                                     -> StateDatabase: where it came from
@NullMarked
package dev.ktrdr.store;

import org.jspecify.annotations.NullMarked;
