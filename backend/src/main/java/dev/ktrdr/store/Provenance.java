package dev.ktrdr.store;

/// Where the rows of an import came from.
///
/// @param source name of the file, or address
/// @param sha256 of the bytes that came, in hexadecimal; empty if it is unknown
/// @param detected how the file was understood, a JSON object; `{}` if there was nothing to say
/// @param refusedCount rows that never reached the store, since they could not be read
/// @param at when, microseconds since the epoch, UTC
public record Provenance(
        String source, String sha256, String detected, long refusedCount, long at) {}
