package dev.ktrdr.feed;

/// How much of a file was read.
///
/// @param rows rows in the file, without the header and blank lines; for ticks the ticks
/// @param kept bars that were handed over
/// @param refused rows that were refused
public record ReadCount(long rows, long kept, long refused) {}
