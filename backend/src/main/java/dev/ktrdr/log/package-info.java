/// What the service says while it runs: one JSON object a line.
///
/// [dev.ktrdr.log.Logs] replaces the handlers of the process with ours, from the first line of
/// `main` on: standard output for Docker, and [dev.ktrdr.log.LogFile] for the volume, which rotates
/// inside the process and never takes more than its total. [dev.ktrdr.log.JsonLine] writes ECS
/// names (Elastic Common Schema 8.11), one line below 16 KiB, secrets masked. An event with fields
/// of its own is made with [dev.ktrdr.log.Event].
@NullMarked
package dev.ktrdr.log;

import org.jspecify.annotations.NullMarked;
