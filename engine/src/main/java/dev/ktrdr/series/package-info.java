/// Numbers over time, and nothing else.
///
/// A [dev.ktrdr.series.Series] is one immutable column of `double`. Every other package passes
/// columns along: prices become indicator values, indicator values become memberships, memberships
/// become decisions. This package imports nothing of ours, so it can be read first.
@NullMarked
package dev.ktrdr.series;

import org.jspecify.annotations.NullMarked;
