package dev.ktrdr.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/// Writes each line to standard output in one call, so that lines of two threads never mix.
final class StandardOutput extends ExtHandler {

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    StandardOutput(ExtFormatter formatter) {
        setFormatter(formatter);
    }

    @Override
    protected void doPublish(ExtLogRecord event) {
        byte[] line = getFormatter().format(event).getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                out.write(line);
            } catch (IOException closed) {
                // Nobody listens any more; there is no place left to say so.
                reportError("standard output is closed", closed, 0);
            }
        }
    }
}
