package dev.ktrdr.api;

import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Setting;
import dev.ktrdr.setting.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Stops a body that does not say its length once it has passed the limit, which is higher for a
/// file that is to be imported.
///
/// A body that says its length is refused by the [Gateway] before any of it is read.
final class BodyLimit {

    /// The body is larger than the limit.
    static final class ExceededException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ExceededException(Setting limit, int megabytes) {
            super("the body is larger than " + limit.name() + ", " + megabytes + " MB");
        }
    }

    private static final String IMPORT = "/api/v1/data/import";

    private final Settings settings;

    BodyLimit(Settings settings) {
        this.settings = settings;
    }

    /// {@return the setting that limits a body which is sent to `path`}
    static Setting of(String path) {
        return path.equals(IMPORT) || path.equals(IMPORT + "/")
                ? Catalogue.UPLOAD_LIMIT_MB
                : Catalogue.BODY_LIMIT_MB;
    }

    @ServerRequestFilter
    void limit(ContainerRequestContext request) {
        if (request.getHeaderString("Content-Length") == null && request.hasEntity()) {
            Setting limit = of(request.getUriInfo().getPath());
            int megabytes = settings.whole(limit);
            request.setEntityStream(new Limited(request.getEntityStream(), limit, megabytes));
        }
    }

    private static final class Limited extends FilterInputStream {

        private final Setting limit;
        private final int megabytes;
        private long left;

        Limited(InputStream in, Setting limit, int megabytes) {
            super(in);
            this.limit = limit;
            this.megabytes = megabytes;
            this.left = megabytes * 1_000_000L;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = in.read(into, from, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new ExceededException(limit, megabytes);
            }
        }
    }
}
