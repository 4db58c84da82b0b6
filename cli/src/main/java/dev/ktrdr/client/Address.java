package dev.ktrdr.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ktrdr.client.Failure.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.Optional;

/// Where the service is, and how to write what lies below it.
///
/// @param base http or https, with a host, without a user and without a slash at the end
public record Address(URI base) {

    /// {@return what the user gave, else what the environment says, else this machine}
    ///
    /// @param given empty if the user gave nothing
    /// @throws Failure if it is not the address of a web service
    static Address of(Surroundings here, String given) {
        String port = here.variable("KTRDR_PORT").orElse("8000");
        return parse(
                Optional.of(given.strip())
                        .filter(text -> !text.isEmpty())
                        .or(() -> here.variable("KTRDR_URL"))
                        .orElse("http://127.0.0.1:" + port));
    }

    private static Address parse(String text) {
        try {
            var uri = new URI(text.replaceAll("/+$", ""));
            if (uri.getRawUserInfo() != null) {
                throw Failure.of(
                        Kind.USAGE,
                        "the address of the service must not hold a user or password: "
                                + "give a token in KTRDR_API_TOKEN");
            }
            if (isService(uri)) {
                return new Address(uri);
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Failure.of(
                Kind.USAGE,
                "the address of the service must be like http://127.0.0.1:8000, was " + text);
    }

    private static boolean isService(URI uri) {
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
        boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() < 65536);
        return web && plain && port && uri.getHost() != null;
    }

    /// {@return whether the service is on this machine}
    boolean isLoopback() {
        String host = base.getHost();
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]+){3}");
    }

    /// {@return whether it is reached without TLS}
    boolean isPlain() {
        return "http".equals(base.getScheme());
    }

    /// {@return the address of `path`, which is encoded already and begins with a slash}
    URI at(String path) {
        return URI.create(base + path);
    }

    /// {@return one segment of a path, whatever the text holds}
    ///
    /// @throws Failure for `.` and `..`, which no encoding keeps from being taken for folders
    public static String segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw Failure.of(Kind.USAGE, "not a name: '" + text + "'");
        }
        return encode(text);
    }

    /// {@return the query `?name=value&...`, without the pairs whose value is empty}
    public static String query(String... namesAndValues) {
        var query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&').append(namesAndValues[i]);
                query.append('=').append(encode(namesAndValues[i + 1]));
            }
        }
        return query.toString();
    }

    private static String encode(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            // What this process got is not what the user typed, and must not become a name.
            throw Failure.of(
                    Kind.USAGE,
                    "the locale cannot carry '%s': set LC_ALL=C.UTF-8 and try again"
                            .formatted(text));
        }
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// {@return the base, as messages name the service}
    @Override
    public String toString() {
        return base.toString();
    }
}
