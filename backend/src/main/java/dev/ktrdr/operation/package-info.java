/// Running the service rather than using it: health, access, backup and restore.
///
/// [dev.ktrdr.operation.Health] knows the state of the service from checks that run on their own
/// schedule, so that probes only read a result. [dev.ktrdr.operation.Access] decides who may call
/// the API. [dev.ktrdr.operation.Backup] writes a consistent snapshot while the service runs, and
/// [dev.ktrdr.operation.Restore] puts one back while it does not.
@NullMarked
package dev.ktrdr.operation;

import org.jspecify.annotations.NullMarked;
