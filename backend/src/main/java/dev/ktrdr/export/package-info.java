/// Bars as bytes, in the forms in which programs take them: JSON, CSV, an Arrow stream.
///
/// An [dev.ktrdr.export.Extract] is what somebody asked for, month by month, so that a series
/// larger than the memory passes through. Each form is a pure function from it to a stream. No
/// number loses a digit on the way: what is read back is the same `double`. Parquet is missing
/// here because the store has it already. Start with `Extract`.
@NullMarked
package dev.ktrdr.export;

import org.jspecify.annotations.NullMarked;
