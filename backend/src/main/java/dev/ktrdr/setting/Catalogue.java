package dev.ktrdr.setting;

import dev.ktrdr.setting.Kind.Address;
import dev.ktrdr.setting.Kind.Choice;
import dev.ktrdr.setting.Kind.Flag;
import dev.ktrdr.setting.Kind.Folder;
import dev.ktrdr.setting.Kind.Text;
import dev.ktrdr.setting.Kind.Whole;
import java.util.List;
import java.util.Set;

/// Every setting of the service. The reference page and `.env.example` are checked against it.
public final class Catalogue {

    public static final Setting ENVIRONMENT =
            Setting.of(
                    "ENVIRONMENT",
                    "environment",
                    new Choice(List.of("development", "production")),
                    "development",
                    "production requires a bearer token on /api/v1");
    public static final Setting LOG_LEVEL =
            Setting.of(
                    "LOG_LEVEL",
                    "log.level",
                    new Choice(List.of("DEBUG", "INFO", "WARNING", "ERROR")),
                    "INFO",
                    "least level that is logged; an unknown word means one warning and INFO");
    public static final Setting LOG_FORMAT =
            Setting.of(
                    "LOG_FORMAT",
                    "log.format",
                    new Choice(List.of("json", "text")),
                    "json",
                    "form of the lines on standard output");
    public static final Setting LOG_TO_FILE =
            Setting.of(
                    "KTRDR_LOG_TO_FILE",
                    "log.to-file",
                    new Flag(),
                    "true",
                    "also write the JSON lines to ktrdr.log in the log folder");
    public static final Setting LOG_FILE_MB =
            Setting.of(
                    "KTRDR_LOG_FILE_MB",
                    "log.file-mb",
                    new Whole(1, 1000),
                    "10",
                    "size in MB at which the log file is rotated and compressed");
    public static final Setting LOG_TOTAL_MB =
            Setting.of(
                    "KTRDR_LOG_TOTAL_MB",
                    "log.total-mb",
                    new Whole(2, 100_000),
                    "100",
                    "size in MB of all log files together; the oldest go first");
    public static final Setting BIND =
            Setting.of(
                    "KTRDR_BIND",
                    "http.bind",
                    new Text(),
                    "127.0.0.1",
                    "address to listen on; the image sets 0.0.0.0");
    public static final Setting PORT =
            Setting.of(
                    "KTRDR_PORT", "http.port", new Whole(0, 65_535), "8000", "port to listen on");
    public static final Setting BODY_LIMIT_MB =
            Setting.of(
                    "KTRDR_BODY_LIMIT_MB",
                    "http.body-limit-mb",
                    new Whole(1, 2000),
                    "64",
                    "largest request body in MB; more is answered with 413");
    public static final Setting UPLOAD_LIMIT_MB =
            Setting.of(
                    "KTRDR_UPLOAD_LIMIT_MB",
                    "http.upload-limit-mb",
                    new Whole(1, 1_000_000),
                    "8000",
                    "largest file in MB that can be sent for import; more is answered with 413");
    public static final Setting CORS_ORIGINS =
            Setting.of(
                    "KTRDR_CORS_ORIGINS",
                    "http.cors-origins",
                    new Text(),
                    "",
                    "origins, separated by commas, whose pages may call the API; empty: none");
    public static final Setting SHUTDOWN_SECONDS =
            Setting.of(
                    "KTRDR_SHUTDOWN_SECONDS",
                    "http.shutdown-seconds",
                    new Whole(0, 300),
                    "20",
                    "time that requests in flight get to finish after a stop signal");
    public static final Setting API_TOKEN =
            new Setting(
                    "KTRDR_API_TOKEN",
                    "http.api-token",
                    new Text(),
                    "",
                    true,
                    "bearer token for /api/v1; in production one is generated if none is given");
    public static final Setting DATA_DIR =
            Setting.of(
                    "KTRDR_DATA_DIR",
                    "folder.data",
                    new Folder(),
                    "data",
                    "market data, models, runs and the database");
    public static final Setting LOG_DIR =
            Setting.of("KTRDR_LOG_DIR", "folder.logs", new Folder(), "logs", "log files");
    public static final Setting CONFIG_DIR =
            Setting.of(
                    "KTRDR_CONFIG_DIR",
                    "folder.config",
                    new Folder(),
                    "config",
                    "application.yaml and strategies; environment only");
    public static final Setting DATA_BUDGET_MB =
            Setting.of(
                    "KTRDR_DATA_BUDGET_MB",
                    "data.budget-mb",
                    new Whole(0, 100_000_000),
                    "0",
                    "size in MB above which the data folder makes health degraded; 0: no budget");
    public static final Setting INBOX_DIR =
            Setting.of(
                    "KTRDR_INBOX_DIR",
                    "inbox.folder",
                    new Text(),
                    "",
                    "folder whose files are imported; empty: inbox in the data folder");
    public static final Setting INBOX_SECONDS =
            Setting.of(
                    "KTRDR_INBOX_SECONDS",
                    "inbox.seconds",
                    new Whole(0, 3600),
                    "5",
                    "time from one look into the inbox to the next; 0: it is not watched");
    public static final Setting KLINES_URL =
            Setting.of(
                    "KTRDR_KLINES_URL",
                    "klines.url",
                    new Address(),
                    "",
                    "server of klines, such as https://api.binance.com; empty: no downloads");
    public static final Setting KLINES_WEIGHT_MAX =
            Setting.of(
                    "KTRDR_KLINES_WEIGHT_MAX",
                    "klines.weight-max",
                    new Whole(1, 1_000_000),
                    "3000",
                    "weight used within a minute at which downloads wait for the next one");

    public static final Setting BAR_CACHE_MB =
            Setting.of(
                    "KTRDR_BAR_CACHE_MB",
                    "data.bar-cache-mb",
                    new Whole(0, 100_000),
                    "64",
                    "memory in MB for series that are kept at hand; a bar takes 48 bytes");

    private static final List<Setting> ALL =
            List.of(
                    ENVIRONMENT,
                    LOG_LEVEL,
                    LOG_FORMAT,
                    LOG_TO_FILE,
                    LOG_FILE_MB,
                    LOG_TOTAL_MB,
                    BIND,
                    PORT,
                    BODY_LIMIT_MB,
                    UPLOAD_LIMIT_MB,
                    CORS_ORIGINS,
                    SHUTDOWN_SECONDS,
                    API_TOKEN,
                    DATA_DIR,
                    LOG_DIR,
                    CONFIG_DIR,
                    DATA_BUDGET_MB,
                    BAR_CACHE_MB,
                    INBOX_DIR,
                    INBOX_SECONDS,
                    KLINES_URL,
                    KLINES_WEIGHT_MAX);

    /// Variables of the launcher, the command line and Compose; the service leaves them alone.
    static final Set<String> OF_OTHER_TOOLS =
            Set.of(
                    "KTRDR_URL",
                    "KTRDR_HOME",
                    "KTRDR_UID",
                    "KTRDR_GID",
                    "KTRDR_CPUS",
                    "KTRDR_MEMORY",
                    "KTRDR_IMAGE",
                    "KTRDR_BACKUP_DIR",
                    "KTRDR_SECRETS_DIR",
                    "KTRDR_DEBUG_PORT",
                    "KTRDR_CI_CACHE",
                    "KTRDR_REVISION");

    private Catalogue() {}

    /// {@return every setting, in the order of the reference page}
    public static List<Setting> all() {
        return ALL;
    }
}
