/// From the command line to a service that answers, and back.
///
/// [dev.ktrdr.boot.Main] reads the verb. `serve` checks settings and folders first, so that a
/// mistake is one line and exit code 78 and not a stack trace, then starts Quarkus; `Beans` hands
/// what was checked to the rest, and `Lifecycle` reports start and stop. The other verbs do their
/// work and end without a server.
@NullMarked
package dev.ktrdr.boot;

import org.jspecify.annotations.NullMarked;
