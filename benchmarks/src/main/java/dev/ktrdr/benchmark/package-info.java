/// Timings of the engine, each with its peer in the same run.
///
/// Whole containers are measured by `container/run`, outside of Java.
@NullMarked
package dev.ktrdr.benchmark;

import org.jspecify.annotations.NullMarked;
