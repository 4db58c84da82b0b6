/// Tests that build the image and drive real containers through the engine's own command line.
///
/// `Docker` is the only thing that starts processes. Where no engine answers,
/// the tests are skipped, except in CI, where that is an error.
@NullMarked
package dev.ktrdr.container;

import org.jspecify.annotations.NullMarked;
