package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/// A socket that reads the head of one request, sends some bytes and then hangs up or falls
/// silent: what no HTTP library can be made to do.
final class RawService implements AutoCloseable {

    private final ServerSocket server;
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private RawService(String answer, boolean hangsUp) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(answer, hangsUp));
    }

    static RawService thatHangsUpAfter(String answer) throws IOException {
        return new RawService(answer, true);
    }

    static RawService thatFallsSilentAfter(String answer) throws IOException {
        return new RawService(answer, false);
    }

    private void serve(String answer, boolean hangsUp) {
        try {
            while (true) { // the client asks again if it got nothing at all
                answerOne(answer, hangsUp);
            }
        } catch (IOException | InterruptedException e) {
            // the test is over
        }
    }

    private void answerOne(String answer, boolean hangsUp)
            throws IOException, InterruptedException {
        try (Socket socket = server.accept()) {
            var in = socket.getInputStream();
            for (String head = ""; !head.endsWith("\r\n\r\n"); ) {
                head += (char) in.read();
            }
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            sent.countDown();
            if (!hangsUp) {
                closed.await();
            }
        }
    }

    /// Waits until the answer is on its way.
    void awaitSent() throws InterruptedException {
        sent.await();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
