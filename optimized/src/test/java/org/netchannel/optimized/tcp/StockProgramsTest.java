package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that know nothing of us talk to our TCP, through the kernel's. */
class StockProgramsTest extends KernelTests {
    private static final int BODY = 3_000_000;

    @TempDir
    private Path folder;

    private static Process start(String... command) throws IOException {
        boolean there = Files.isExecutable(Path.of("/usr/bin", command[0]));
        assumeTrue(there || System.getenv("CI") != null, command[0] + " is not installed");
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the program says until it ends, which it has to do well. */
    private static FutureTask<String> result(Process process) {
        return start(() -> {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        });
    }

    private static KernelLink link() throws IOException {
        return new KernelLink(settings(1_500, "CUBIC"), LinkFaults.NONE, 1, null);
    }

    private static byte[] body() {
        byte[] body = new byte[BODY];
        new SplittableRandom(1).nextBytes(body);
        return body;
    }

    /** Two downloads and an upload, one after the other on one connection. */
    @Test
    void curlIsServed() throws Exception {
        byte[] body = body();
        Path uploaded = Files.write(folder.resolve("up"), body);
        try (KernelLink link = link()) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            String url = "http://" + KernelLink.OURS + "/";
            Process curl = start("curl", "-sS", "--fail", "-o", folder.resolve("1").toString(), url + "1",
                    "--next", "-sS", "--fail", "-o", folder.resolve("2").toString(), url + "2",
                    "--next", "-sS", "--fail", "-H", "Expect:", "-T", uploaded.toString(), url + "3");
            FutureTask<String> result = result(curl);
            OurStream stream = new OurStream(link, accept(link, listener));
            for (String path : new String[] {"1", "2"}) {
                assertThat(stream.readHead()).startsWith("GET /" + path + " HTTP/1.1\r\n");
                stream.write("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n");
                stream.write(body);
            }
            assertThat(stream.readHead()).startsWith("PUT /3 ").contains("Content-Length: " + BODY);
            assertThat(Arrays.equals(stream.readExactly(BODY), body)).as("the upload is intact").isTrue();
            stream.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbye\n");
            assertThat(get(result)).isEqualTo("bye\n");
            assertThat(Files.readAllBytes(folder.resolve("1"))).isEqualTo(body);
            assertThat(Files.readAllBytes(folder.resolve("2"))).isEqualTo(body);
            link.await("curl has closed", () -> stream.connection.state() == State.CLOSE_WAIT, 60);
        }
    }

    @Test
    void pythonsHttpServerServesUs() throws Exception {
        byte[] body = body();
        Files.write(folder.resolve("file"), body);
        try (KernelLink link = link()) {
            Process server = start("python3", "-m", "http.server", "--bind", KernelLink.KERNEL, "--directory",
                    folder.toString(), "8000");
            try {
                OurStream stream = connectOnceItListens(link);
                stream.write("GET /file HTTP/1.0\r\n\r\n");
                assertThat(stream.readHead()).startsWith("HTTP/1.0 200 OK\r\n").contains("Content-Length: " + BODY);
                assertThat(Arrays.equals(stream.readAll(), body)).as("the download is intact").isTrue();
                stream.shutdown();
                link.await("both are done", () -> stream.connection.state() == State.CLOSED, 60);
                assertThat(stream.connection.failure()).isNull();
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static OurStream connectOnceItListens(KernelLink link) throws Exception {
        TcpConnection[] ours = new TcpConnection[1];
        link.await("the server listens", () -> {
            if (ours[0] == null || ours[0].state() == State.CLOSED) {
                ours[0] = link.host.connect(KernelLink.KERNEL_ADDRESS, 8000);
            }
            return ours[0].state() == State.ESTABLISHED;
        }, 60);
        return new OurStream(link, ours[0]);
    }

    /** To us, and from us. */
    @ParameterizedTest
    @ValueSource(strings = {"--forceflush", "--reverse"})
    void iperf3Measures(String direction) throws Exception {
        boolean reverse = direction.equals("--reverse");
        try (KernelLink link = link()) {
            TcpListener listener = link.call(() -> link.host.listen(5_201, 10));
            FutureTask<String> result = result(start("iperf3", "-c", KernelLink.OURS, "-n", "64M", direction, "-J"));
            Iperf3Serving serving = new Iperf3Serving(link, listener);
            serving.serve();
            String said = get(result);
            long bytes = sum(said, reverse ? "sum_received" : "sum_sent");
            assertThat(bytes).isGreaterThanOrEqualTo(64L << 20);
            if (reverse) {
                assertThat(serving.bytes).isGreaterThanOrEqualTo(bytes);
            } else {
                link.await("everything has arrived", () -> serving.bytes == bytes, 60);
            }
        }
    }

    private static long sum(String said, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\\s*\\{[^}]*\"bytes\":\\s*(\\d+)").matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
