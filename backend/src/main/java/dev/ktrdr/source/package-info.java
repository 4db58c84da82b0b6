/// Bars that come by themselves.
///
/// [dev.ktrdr.source.Inbox] looks at a folder and hands each file, as a
/// [dev.ktrdr.source.Drop], to an [dev.ktrdr.source.Importer]; what becomes of the file depends on
/// what that throws. [dev.ktrdr.source.Klines] is a source that asks a server through
/// `PoliteClient`, which waits as long as it is told, and [dev.ktrdr.source.Download] keeps its
/// pages one by one. Start with `Inbox` or `Download`.
@NullMarked
package dev.ktrdr.source;

import org.jspecify.annotations.NullMarked;
