package dev.ktrdr.api;

import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Stops a body that does not say its length once it has passed the limit.
///
/// A body that says its length is refused by the [Gateway] before any of it is read.
final class BodyLimit {

    /// The body is larger than the limit.
    static final class ExceededException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ExceededException(int megabytes) {
            super("the body is larger than KTRDR_BODY_LIMIT_MB, " + megabytes + " MB");
        }
    }

    private final int megabytes;

    BodyLimit(Settings settings) {
        this.megabytes = settings.whole(Catalogue.BODY_LIMIT_MB);
    }

    @ServerRequestFilter
    void limit(ContainerRequestContext request) {
        if (request.getHeaderString("Content-Length") == null && request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream(), megabytes));
        }
    }

    private static final class Limited extends FilterInputStream {

        private final int megabytes;
        private long left;

        Limited(InputStream in, int megabytes) {
            super(in);
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
                throw new ExceededException(megabytes);
            }
        }
    }
}
