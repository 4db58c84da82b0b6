package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Surroundings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `ktrdr`: reads the words, runs one verb, prints its reply.
@Command(
        name = "ktrdr",
        description = "Talk to a KTRDR service.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        subcommands = {
            Health.class,
            Config.class,
            Config.LogLevel.class,
            Backup.class,
            Data.class,
            Operation.class,
            Version.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:the service answered with an error, or is not healthy",
            "2:the command or a setting cannot be understood",
            "3:the service cannot be reached, or the connection broke",
            "4:not authorised",
            "5:a local file cannot be read or written",
            "130:interrupted; an operation that was waited for is cancelled"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  KTRDR_URL             address of the service",
            "  KTRDR_PORT            its port on this machine, if there is no KTRDR_URL",
            "  KTRDR_API_TOKEN       token of the service",
            "  KTRDR_API_TOKEN_FILE  file that holds the token",
            "  KTRDR_DATA_DIR        data folder of a service on this machine; the token it",
            "                        generated is found there"
        })
public final class Main {

    /// Picocli refuses less than 55.
    private static final int HELP_WIDTH_MIN = 55;

    private static final int HELP_WIDTH_MAX = 100;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Address of the service. Default: $KTRDR_URL, else this machine.")
    private String url = "";

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "SECONDS",
            description = "How long the service may be silent. Default: 30.")
    private int timeoutSeconds = 30;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one line of JSON: success, data, error.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show how to use this.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private final Surroundings here;

    private Main(Surroundings here) {
        this.here = here;
    }

    /// Runs the command and ends the process with its exit code.
    ///
    /// @param words of the command line
    public static void main(String[] words) {
        Locale.setDefault(Locale.ROOT); // for what libraries format
        System.exit(run(Surroundings.ofThisProcess(), words));
    }

    /// {@return the exit code}
    static int run(Surroundings here, String... words) {
        var main = new Main(here);
        int exit = main.commandLine().execute(words);
        here.err().flush();
        if (here.out().checkError()) {
            here.err().println("ktrdr: cannot write to standard output: is it closed or full?");
            return Kind.LOCAL_FILE.exit();
        }
        return exit;
    }

    private CommandLine commandLine() {
        return new CommandLine(this)
                .setExpandAtFiles(false) // a symbol may begin with an @
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(here.out(), true, UTF_8))
                .setErr(new PrintWriter(here.err(), true, UTF_8))
                .setParameterExceptionHandler(this::misused)
                .setExecutionStrategy(this::execute);
    }

    private int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.isUsageHelpRequested()) {
                usage(command, command.getOut());
                return 0;
            }
            if (command.isVersionHelpRequested()) {
                command.printVersionHelp(command.getOut());
                return 0;
            }
        }
        CommandLine leaf = parsed.asCommandLineList().getLast();
        if (!(leaf.getCommand() instanceof Verb verb)) {
            throw new MissingVerbException(leaf);
        }
        PrintStream out = verb.fillsStandardOutput() ? here.err() : here.out();
        try {
            Verb.Reply reply = verb.run(new Verb.Session(here, url, timeoutSeconds, json));
            out.print(json ? reply.envelope() + "\n" : reply.text().get());
            return reply.exit();
        } catch (Failure e) {
            return failed(e, json, out);
        }
    }

    private int failed(Failure failure, boolean json, PrintStream out) {
        if (json) {
            out.println(failure.envelope());
        }
        here.err().println("ktrdr: " + Table.visible(String.valueOf(failure.getMessage())));
        return failure.kind().exit();
    }

    /// Says in one line what is wrong with the words. Parsing ended early, so that the flag for
    /// JSON may not have been seen.
    private int misused(ParameterException e, String[] words) {
        CommandLine leaf = e.getCommandLine();
        boolean jsonWanted = Arrays.asList(words).contains("--json");
        if (e instanceof MissingVerbException && !jsonWanted) {
            usage(leaf, leaf.getErr());
            return Kind.USAGE.exit();
        }
        String name = leaf.getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage());
        return failed(
                Failure.of(
                        Kind.USAGE, "%s (see: %s --help)%s".formatted(message, name, nearest(e))),
                jsonWanted,
                here.out());
    }

    private static String nearest(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?";
        }
        return "";
    }

    private void usage(CommandLine command, PrintWriter to) {
        int width = Math.clamp(here.screen().width(), HELP_WIDTH_MIN, HELP_WIDTH_MAX);
        command.setUsageHelpWidth(width);
        command.usage(to);
        to.flush();
    }

    /// A group of verbs was named, but none of them.
    private static final class MissingVerbException extends ParameterException {

        private static final long serialVersionUID = 1;

        MissingVerbException(CommandLine group) {
            super(group, "say what to do");
        }
    }
}
