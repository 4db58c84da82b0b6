/// Work that takes longer than a request: it is started, watched, cancelled and remembered.
///
/// [dev.ktrdr.job.Operations] runs a [dev.ktrdr.job.Task] and hands it a
/// [dev.ktrdr.job.Progress], through which the task says how far it is and learns that nobody
/// wants it any more. What others see is an [dev.ktrdr.job.Operation], a snapshot. Each change of
/// status is in the database before it is told, so that a restart finds every operation as what
/// it is: finished, or failed because the service was stopped. Start with `Operation`.
@NullMarked
package dev.ktrdr.job;

import org.jspecify.annotations.NullMarked;
