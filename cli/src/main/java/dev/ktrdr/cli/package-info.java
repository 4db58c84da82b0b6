/// The `ktrdr` command: a client of the REST API, with no decision of its own.
///
/// Start at [Main], which reads the words, runs one [Verb] and prints what it replies. A verb asks
/// the service, which is the business of the package `client`, and turns the answer into a
/// [Verb.Reply]; whatever goes wrong is a failure whose kind is the exit code.
///
/// ```
/// words -> Main -> Verb -> client -> HTTP
///            |       |
///            |       +- Reply: JSON for programs, a Table for people
///            +- Failure: one line on stderr, an exit code
/// ```
///
/// A new verb is one file with a class that implements [Verb], and one entry in the list of
/// subcommands of [Main] or, for a verb of two words, of the group it belongs to as in [Data].
@NullMarked
package dev.ktrdr.cli;

import org.jspecify.annotations.NullMarked;
