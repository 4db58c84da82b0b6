/// The service as its callers see it: REST under `/api`, one envelope, one shape of error.
///
/// Every request passes the [dev.ktrdr.api.Gateway] first: request identifier, access, size, log.
/// A resource class answers the rest, one for each noun. What a resource throws becomes the
/// envelope's error in [dev.ktrdr.api.Errors], the only place that knows HTTP statuses. Start with
/// `HealthResource`, then `DataResource`.
@NullMarked
package dev.ktrdr.api;

import org.jspecify.annotations.NullMarked;
