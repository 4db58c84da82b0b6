/// The `ktrdr` command: a client of the REST API, with no decision of its own.
///
/// Start at [Main], which reads the words, runs one [Verb] and prints what it replies. A verb asks
/// the [Service] and turns the answer into a [Verb.Reply]; whatever goes wrong is a [Failure], and
/// its kind is the exit code.
///
/// ```
/// words -> Main -> Verb -> Service -> HTTP
///            |       |        |
///            |       |        +- Token (who asks), Watch (how long to wait)
///            |       +- Reply: JSON for programs, a Table for people
///            +- Failure: one line on stderr, an exit code
/// ```
///
/// A new verb is one file with a class that implements [Verb], and one entry in the list of
/// subcommands of [Main] or, for a verb of two words, of the group it belongs to as in [Data].
/// All that a verb may know of the machine comes through [Surroundings], so that tests need no
/// process of their own.
@NullMarked
package dev.ktrdr.cli;

import org.jspecify.annotations.NullMarked;
