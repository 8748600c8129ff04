package org.netchannel.cli.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.netchannel.cli.link.Handlers;
import org.netchannel.optimized.VirtualSocket;

/**
 * Carries one TCP connection over one virtual connection, both directions, until both have ended. What one side does
 * the other sees: end-of-stream for end-of-stream, reset for reset.
 */
final class Relay {
    private static final int BUFFER_BYTES = 1 << 16;
    /** For SO_LINGER: close drops what is not sent yet and sends RST. */
    private static final int RST = 0;
    /** For SO_LINGER: close returns at once, what is not sent yet goes out before FIN. */
    private static final int FIN = -1;

    private final SocketChannel tcp;
    private final VirtualSocket virtual;
    private final Traffic traffic;
    private volatile boolean broken;

    Relay(SocketChannel tcp, VirtualSocket virtual, Traffic traffic) {
        this.tcp = tcp;
        this.virtual = virtual;
        this.traffic = traffic;
    }

    /** Returns when both directions have ended and both connections are closed; or it is interrupted, as both are. */
    void run(Handlers handlers) throws InterruptedException {
        traffic.opened();
        try {
            prepare();
            CountDownLatch outward = new CountDownLatch(1);
            boolean started = handlers.start(() -> {
                try {
                    carry(this::toPeer);
                } finally {
                    outward.countDown();
                }
            });
            if (started) {
                carry(this::fromPeer);
                outward.await();
            } else {
                end();
            }
        } catch (InterruptedException e) {
            end();
            throw e;
        } finally {
            if (broken) {
                traffic.failed();
            } else {
                virtual.close();
                close(tcp, false);
            }
            traffic.closed();
        }
    }

    /**
     * What was sent together goes on at once; the virtual connection does not wait either. And until both directions
     * have ended, closing means RST: an interrupt closes the connection, too, and must not look like end-of-stream.
     */
    private void prepare() {
        carry(() -> tcp.setOption(StandardSocketOptions.TCP_NODELAY, true)
                .setOption(StandardSocketOptions.SO_LINGER, RST));
    }

    private interface Direction {
        void run() throws IOException;
    }

    /** A direction that breaks, for whatever reason, takes the other one with it. */
    private void carry(Direction direction) {
        boolean ended = false;
        try {
            direction.run();
            ended = true;
        } catch (IOException e) {
            // A client or server that resets, or a peer that is gone: it is counted, and the other side is told.
        } finally {
            if (!ended) {
                end();
            }
        }
    }

    private void end() {
        broken = true;
        virtual.abort();
        close(tcp, true);
    }

    private void toPeer() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (int count = tcp.read(buffer); count >= 0; count = tcp.read(buffer.clear())) {
            virtual.send(buffer.flip());
            traffic.sent(count);
        }
        virtual.shutdown();
    }

    private void fromPeer() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (int count = virtual.receive(buffer); count >= 0; count = virtual.receive(buffer.clear())) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                tcp.write(buffer);
            }
            traffic.received(count);
        }
        tcp.shutdownOutput();
    }

    /** Closes a TCP connection, with RST if so wished. */
    static void close(SocketChannel tcp, boolean rst) {
        try (tcp) {
            if (tcp.isOpen()) {
                tcp.setOption(StandardSocketOptions.SO_LINGER, rst ? RST : FIN);
            }
        } catch (IOException e) {
            // The other direction, or the far end, closed it meanwhile: that is what was wanted.
        }
    }
}
