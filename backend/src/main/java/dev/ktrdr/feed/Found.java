package dev.ktrdr.feed;

import java.time.ZoneId;
import java.util.Optional;

/// What was found out about a file of text.
///
/// @param layout how to read it
/// @param zone of stamps that carry none
/// @param detected the same for people
record Found(Layout layout, Optional<ZoneId> zone, Detected detected) {}
