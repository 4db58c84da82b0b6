/// The service at the other end of HTTP, and the machine at this end.
///
/// Start at [Service], which is asked for JSON, for files and for events. Whatever goes wrong on
/// the way is a [Failure], which says what to do and whose kind is an exit code. All that may be
/// known of the machine comes through [Surroundings], so that tests need no process of their own.
///
/// ```
/// Service -> Exchange -> HTTP
///    |          |
///    |          +- Address (where), Token (who asks), Watch (how long to wait)
///    +- Envelope (JSON), Events (what happens to an operation)
/// ```
///
/// Nothing here prints, and nothing knows which words the user typed.
@NullMarked
package dev.ktrdr.client;

import org.jspecify.annotations.NullMarked;
