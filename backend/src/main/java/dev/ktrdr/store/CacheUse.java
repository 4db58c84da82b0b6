package dev.ktrdr.store;

/// How the memory for bars is used.
///
/// @param bytes that the bars in it take
/// @param bytesMax that they may take
/// @param hitCount questions that were answered from it
/// @param missCount questions that had to read files
public record CacheUse(long bytes, long bytesMax, long hitCount, long missCount) {}
