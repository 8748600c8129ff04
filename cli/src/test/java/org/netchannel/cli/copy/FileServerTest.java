package org.netchannel.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.cli.copy.CopyWire.Answer;
import org.netchannel.cli.copy.CopyWire.Reply;
import org.netchannel.cli.copy.CopyWire.Request;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Files on their way, and senders that mean no good. */
@Timeout(60)
class FileServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path outbox;

    @TempDir
    private Path inbox;

    private final BlockingQueue<String> log = new ArrayBlockingQueue<>(64);
    private FileServer server;
    private FileCopier copier;

    @BeforeEach
    void open() throws IOException {
        server = new FileServer(Transport.KERNEL, ANY, inbox, log::add, DriverDecorator.NONE);
        copier = new FileCopier(Transport.KERNEL, server.address(), 2, DriverDecorator.NONE);
    }

    @AfterEach
    void close() throws IOException {
        copier.close();
        server.close();
    }

    private Path file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(outbox.resolve(name), content);
    }

    private List<String> arrived() throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CopyWire.BUFFER_BYTES, 5_000_001})
    void aFileArrivesWhole(int size) throws IOException {
        Path file = file("a file", size);
        AtomicLong progress = new AtomicLong(-1);
        Copied copied = copier.copy(file, progress::set);
        assertThat(copied.problem()).isEmpty();
        assertThat(inbox.resolve("a file")).hasSameBinaryContentAs(file);
        assertThat(progress).hasValue(size);
        assertThat(arrived()).containsExactly("a file");
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgain() throws IOException {
        Path file = file("x", 1_000_000);
        Files.write(inbox.resolve(".x.part"), Arrays.copyOf(Files.readAllBytes(file), 600_000));
        assertThat(copier.copy(file, done -> assertThat(done).isBetween(600_000L, 1_000_000L)).from())
                .isEqualTo(600_000);
        assertThat(inbox.resolve("x")).hasSameBinaryContentAs(file);
    }

    @Test
    void aPartOfSomethingElseIsReplaced() throws IOException {
        Path file = file("x", 1_000);
        Files.write(inbox.resolve(".x.part"), new byte[2_000]);
        assertThat(copier.copy(file, done -> { }).from()).isZero();
        assertThat(inbox.resolve("x")).hasSameBinaryContentAs(file);
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws IOException {
        Path file = file("x", 1_000);
        Files.writeString(inbox.resolve("x"), "mine");
        assertThat(copier.copy(file, done -> { }).problem()).isEqualTo(Answer.EXISTS.text());
        assertThat(inbox.resolve("x")).hasContent("mine");
    }

    private VirtualSocket stranger(NetStack stack) throws IOException {
        TcpLink.dial(stack, server.address(), 0, 1);
        return stack.connect(CopyWire.PORT, ChannelClass.THROUGHPUT);
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 1 << 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", "C:x", ".hidden", "line\nbreak", "\u202egpj", " "})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            CopyWire.send(socket, new Request(name, 1));
            assertThat(CopyWire.readReply(socket).answer()).isEqualTo(Answer.BAD_NAME);
        }
        assertThat(arrived()).isEmpty();
    }

    @Test
    void aNameIsHeldFromBothSides() throws IOException {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            CopyWire.send(socket, new Request("x".repeat(CopyWire.MOST_NAME_BYTES), 0));
            assertThat(CopyWire.readReply(socket).answer()).isEqualTo(Answer.SEND);
            VirtualSocket second = stack.connect(CopyWire.PORT, ChannelClass.THROUGHPUT);
            CopyWire.send(second, new Request("x".repeat(CopyWire.MOST_NAME_BYTES + 1), 0));
            assertThat(CopyWire.readReply(second).answer()).isEqualTo(Answer.BAD_NAME);
            second.close();
        }
    }

    @Test
    void twoCannotSendTheSameNameAtATimeAndNobodyGetsMoreThanThereIs() throws IOException {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            CopyWire.send(socket, new Request("x", 10));
            assertThat(CopyWire.readReply(socket).answer()).isEqualTo(Answer.SEND);
            try (VirtualSocket second = stack.connect(CopyWire.PORT, ChannelClass.THROUGHPUT)) {
                CopyWire.send(second, new Request("x", 10));
                assertThat(CopyWire.readReply(second).answer()).isEqualTo(Answer.BUSY);
            }
            try (VirtualSocket third = stack.connect(CopyWire.PORT, ChannelClass.THROUGHPUT)) {
                CopyWire.send(third, new Request("y", Long.MAX_VALUE));
                assertThat(CopyWire.readReply(third).answer()).isEqualTo(Answer.NO_ROOM);
            }
        }
    }

    @Test
    void aLieAboutTheContentIsFoundOut() throws IOException {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            CopyWire.send(socket, new Request("x", 3));
            Reply reply = CopyWire.readReply(socket);
            assertThat(reply.have()).isZero();
            socket.send(ByteBuffer.allocate(8 + 3 + CopyWire.DIGEST_BYTES));
            assertThat(CopyWire.readAnswer(socket)).isEqualTo(Answer.DAMAGED);
        }
        assertThat(arrived()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "NCF\u0001\u007f", ""})
    void whoSpeaksSomethingElseIsShownOut(String said) throws Exception {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            socket.send(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8)));
            socket.shutdown();
            assertThat(log.poll(30, TimeUnit.SECONDS)).startsWith("broken off: ");
        }
        assertThat(arrived()).isEmpty();
    }

    /** It may still read what was received: the memory that this is in is given back after the server was closed. */
    @Test
    void nobodyReceivesAnyMoreWhenItWasClosed() throws Exception {
        copier.close();
        server.close();
        AtomicReference<Thread> handler = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        server = new FileServer(Transport.KERNEL, ANY, inbox, line -> {
            handler.set(Thread.currentThread());
            told.countDown();
            awaitInterrupt();
        }, DriverDecorator.NONE);
        copier = new FileCopier(Transport.KERNEL, server.address(), 1, DriverDecorator.NONE);
        assertThat(copier.copy(file("x", 1), done -> { }).problem()).isEmpty();
        told.await();
        server.close();
        assertThat(handler.get().isAlive()).isFalse();
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPositionThatWasNotOfferedIsRefused() throws Exception {
        copier.close();
        try (NetStack stack = stack(); VirtualSocket socket = stranger(stack)) {
            CopyWire.send(socket, new Request("x", 10));
            CopyWire.readReply(socket);
            socket.send(ByteBuffer.allocate(8).putLong(5).flip());
            assertThat(log.poll(30, TimeUnit.SECONDS)).contains("goes on at 5, legal is 0 or 0");
            assertThatThrownBy(() -> CopyWire.readAnswer(socket)).isInstanceOf(IOException.class);
        }
    }
}
