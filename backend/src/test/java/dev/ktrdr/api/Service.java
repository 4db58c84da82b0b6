package dev.ktrdr.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/// The services that tests talk to, each on a free port and in a temporary place.
final class Service {

    private Service() {}

    private static Map<String, String> properties(String environment, int bodyLimitMb) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "ktrdr.test",
                environment
                        + ";KTRDR_BODY_LIMIT_MB="
                        + bodyLimitMb
                        + ";KTRDR_UPLOAD_LIMIT_MB="
                        + bodyLimitMb);
        properties.put("quarkus.http.test-port", "0");
        properties.put("quarkus.http.limits.max-body-size", 2 * bodyLimitMb + "M");
        return properties;
    }

    /// Nothing is set: anybody may do anything, no page of another origin may.
    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return properties("", 64);
        }
    }

    /// In production: with a token, an origin, and 1 MB for bodies.
    public static final class Guarded implements QuarkusTestProfile {

        static final String TOKEN = "the-right-token";
        static final String ORIGIN = "http://page.example";

        @Override
        public Map<String, String> getConfigOverrides() {
            String token = "ENVIRONMENT=production;KTRDR_API_TOKEN=" + TOKEN;
            return properties(token + ";KTRDR_CORS_ORIGINS=" + ORIGIN, 1);
        }
    }

    /// As the first, for the test that stops it.
    public static final class Stopping implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return properties("", 64);
        }
    }
}
