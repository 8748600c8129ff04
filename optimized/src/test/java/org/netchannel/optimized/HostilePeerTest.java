package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/**
 * A peer of which a part is hostile, whatever it does, costs bounded memory, and a connection of its honest part goes
 * on meanwhile. One thread steps both stacks.
 */
@Timeout(60)
class HostilePeerTest {
    private static final int MEMORY = 4 << 20;
    private static final int SERVER = 80;
    private static final int OTHER_SERVER = 81;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 300_000).with(Setting.RECEIVE_BUFFER, 300_000).with(Setting.SOCKET_LIMIT, 40);
    private static final Limits LIMITS = Limits.DEFAULTS.with(Limit.MEMORY_PATIENCE, 20_000_000)
            .with(Limit.REMEMBERED, 1_000).with(Limit.QUEUED_CONTROL, 5_000).with(Limit.BACKLOG, 16);

    private NetStack honest;
    private NetStack attacked;
    private HostCore host;
    private HostileDriver control;
    private HostileDriver latency;
    private VirtualServerSocket server;
    private VirtualServerSocket otherServer;
    /** The honest connection: the end that asked, and the one that is attacked. */
    private VirtualSocket asking;
    private VirtualSocket asked;
    private int next = 1;

    @BeforeEach
    void connect() throws IOException {
        connect(CONFIG);
    }

    private void connect(Config ofHonest) throws IOException {
        honest = new NetStack(ofHonest, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, MEMORY);
        attacked = new NetStack(CONFIG, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, MEMORY);
        attacked.limit(LIMITS);
        host = attacked.host();
        control = open(ChannelClass.CONTROL);
        latency = open(ChannelClass.LATENCY);
        server = attacked.listen(SERVER, 16);
        otherServer = attacked.listen(OTHER_SERVER, 1_000_000);
        asking = honest.startConnecting(SERVER, ChannelClass.LATENCY);
        until(() -> asking.state() == State.ESTABLISHED);
        asked = server.tryAccept().orElseThrow();
    }

    private HostileDriver open(ChannelClass channelClass) {
        MemoryDriver[] ends = MemoryDriver.pair();
        HostileDriver hostile = new HostileDriver(ends[1], attacked.segments());
        assertThat(honest.addChannel(next, channelClass, true, ends[0])).isTrue();
        assertThat(attacked.addChannel(next, channelClass, false, hostile)).isTrue();
        next += 2;
        return hostile;
    }

    @AfterEach
    void close() {
        honest.close();
        attacked.close();
        // Whatever happened: what is received is given back, and each segment once.
        for (Connection connection : host.allConnections()) {
            connection.receiving.clear();
            connection.responses.clear(host.pieces);
        }
        assertThat(host.pieces.inUse()).isZero();
        assertThat(host.segments.bytesInUse()).isZero();
    }

    private void step() {
        honest.doWork();
        attacked.doWork();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, this::step);
    }

    private long times(Limited what) {
        return host.statistics.times(what);
    }

    private static long id(int number) {
        return HostileDriver.HOSTILE | number;
    }

    private void ncsyn(int number, int port) {
        control.forge(Wire.NCSYN, ChannelClass.LATENCY.code(), id(number), 50_000, port, 1 << 20);
    }

    private void data(int number, int port, long offset, int length) {
        latency.forge(Wire.DATA, 0, id(number), 50_000, port, offset, new byte[length]);
    }

    /** A megabyte each way on the honest connection, every byte of which is checked. */
    private void honestPartGoesOn() throws IOException {
        transfer(asking, asked);
        transfer(asked, asking);
    }

    private void transfer(VirtualSocket from, VirtualSocket to) throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < sent.capacity(); i++) {
            sent.put(i, (byte) (i * 31 + (i >> 8)));
        }
        ByteBuffer received = ByteBuffer.allocate(1 << 20);
        while (received.hasRemaining()) {
            from.trySend(sent);
            step();
            assertThat(to.tryReceive(received)).isNotNegative();
            if (Thread.interrupted()) {
                throw new AssertionError("the honest connection stands still at " + received.position());
            }
        }
        assertThat(received.flip()).isEqualTo(sent.flip());
    }

    /** NC-HS-2, from both sides of the bound; the listener asks for a larger backlog than there may be. */
    @Test
    void aPeerThatOnlySendsNcsynHasAsManyChildrenAsTheBacklogHas() throws IOException {
        for (int i = 0; i < 16; i++) {
            ncsyn(i, OTHER_SERVER);
        }
        until(() -> control.waiting() == 0);
        assertThat(host.connectionCount()).isEqualTo(1 + 16);
        assertThat(times(Limited.CHILD_REFUSED_BACKLOG_FULL)).isZero();
        for (int i = 16; i < 20_000; i++) {
            ncsyn(i, OTHER_SERVER);
        }
        honestPartGoesOn();
        until(() -> control.waiting() == 0);
        assertThat(host.connectionCount()).isEqualTo(1 + 16);
        assertThat(times(Limited.CHILD_REFUSED_BACKLOG_FULL)).isEqualTo(20_000 - 16);
        assertThat(host.memory.refused.size()).isEqualTo(1_000);
        assertThat(times(Limited.FORGOTTEN_EARLY)).isEqualTo(20_000 - 16 - 1_000);
        until(() -> control.hidden[Wire.NCREFUSE] == 20_000 - 16);
        assertThat(control.hidden[Wire.NCSYN_ACK]).isEqualTo(16);
        assertThat(server.tryAccept()).isEmpty();
    }

    /** NC-HS-2, from both sides of the bound: an application that accepts everybody. */
    @Test
    void aPeerWhoseConnectionsAreAllAcceptedHasAsManyAsThereMayBeSockets() throws IOException {
        List<VirtualSocket> accepted = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            ncsyn(i, OTHER_SERVER);
            until(() -> control.waiting() == 0);
            accepted.add(otherServer.tryAccept().orElseThrow());
        }
        assertThat(times(Limited.CHILD_REFUSED_LIMIT)).isZero();
        ncsyn(39, OTHER_SERVER);
        until(() -> times(Limited.CHILD_REFUSED_LIMIT) == 1);
        assertThat(otherServer.tryAccept()).isEmpty();
        honestPartGoesOn();
        accepted.getFirst().abort();
        ncsyn(40, OTHER_SERVER);
        until(() -> control.waiting() == 0);
        assertThat(otherServer.tryAccept()).isPresent();
    }

    /** What arrives for applications that do not read uses memory up: who has the most has to go. */
    @Test
    void aPeerWhoseBytesNobodyReadsDoesNotHaveAllMemoryForLong() throws IOException {
        VirtualSocket[] unread = new VirtualSocket[12];
        for (int i = 0; i < unread.length; i++) {
            ncsyn(i, OTHER_SERVER);
            until(() -> control.waiting() == 0);
            unread[i] = otherServer.tryAccept().orElseThrow();
            for (int offset = 0; offset < 400_000; offset += 50_000) {
                data(i, OTHER_SERVER, offset, 50_000);
            }
        }
        // STOP is answered: all of it moves to the receive buffers (NC-HOL-6).
        until(() -> {
            for (int i = 0; i < unread.length; i++) {
                control.forge(Wire.STOP_ACK, 1, id(i), 50_000, OTHER_SERVER, 400_000);
            }
            step();
            return times(Limited.CONNECTION_ABORTED_FOR_MEMORY) > 0 && latency.waiting() == 0;
        });
        honestPartGoesOn();
        assertThat(control.hidden[Wire.RST]).isPositive();
        int aborted = 0;
        for (VirtualSocket socket : unread) {
            if (socket.state() == State.CLOSED) {
                aborted++;
                assertThatThrownBy(() -> socket.tryReceive(ByteBuffer.allocate(1)))
                        .isInstanceOfSatisfying(VirtualSocketException.class, e -> {
                            assertThat(e.error()).isEqualTo(ErrorCode.RESET);
                            assertThat(e.reason()).contains(Reason.ABORTED);
                        });
            }
            socket.close();
        }
        assertThat(aborted).isBetween(1, unread.length - 1);
        assertThat(attacked.segments().bytesTaken()).isLessThanOrEqualTo(MEMORY / 2);
    }

    /** The smallest packets take the most memory for their bytes; large packets get some all the same. */
    @Test
    void aPeerThatSendsTheSmallestPacketsLeavesMemoryForTheLargest() throws IOException {
        ncsyn(1, OTHER_SERVER);
        until(() -> control.waiting() == 0);
        VirtualSocket unread = otherServer.tryAccept().orElseThrow();
        // Every other byte, so that none is in sequence but the first.
        for (int i = 0; i < 60_000; i++) {
            data(1, OTHER_SERVER, 2L * i, 1);
        }
        until(() -> latency.waiting() == 0);
        assertThat(times(Limited.CONNECTION_ABORTED_FOR_MEMORY)).isEqualTo(1);
        ncsyn(2, OTHER_SERVER);
        until(() -> control.waiting() == 0);
        data(2, OTHER_SERVER, 0, 60_000);
        until(() -> latency.waiting() == 0);
        VirtualSocket read = otherServer.tryAccept().orElseThrow();
        assertThat(read.tryReceive(ByteBuffer.allocate(70_000))).isEqualTo(60_000);
        honestPartGoesOn();
        unread.close();
        read.abort();
    }

    /** What was sent and never is acknowledged uses memory up, too. */
    @Test
    void aPeerThatNeverAcknowledgesDoesNotHaveAllMemoryForLong() throws IOException {
        List<VirtualSocket> sending = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ncsyn(i, OTHER_SERVER);
            until(() -> control.waiting() == 0);
            sending.add(otherServer.tryAccept().orElseThrow());
        }
        for (VirtualSocket socket : sending) {
            socket.trySend(ByteBuffer.allocate(300_000));
            socket.trySend(ByteBuffer.allocate(300_000));
        }
        assertThat(asked.trySend(ByteBuffer.allocate(1))).isZero();
        transfer(asking, asked);
        transfer(asked, asking);
        assertThat(times(Limited.CONNECTION_ABORTED_FOR_MEMORY)).isBetween(1L, 11L);
        assertThat(host.outgoingSegments.bytesTaken()).isLessThanOrEqualTo(MEMORY / 2);
        sending.forEach(VirtualSocket::abort);
    }

    /** A peer that takes one byte at a time has sent bytes cut into as many pieces, which stay until acknowledged. */
    @Test
    void aPeerThatTakesSingleBytesDoesNotHavePiecesMadeWithoutEnd() throws IOException {
        close();
        next = 1;
        connect(CONFIG.with(Setting.MAX_PAYLOAD, 1));
        List<VirtualSocket> sending = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ncsyn(i, OTHER_SERVER);
            until(() -> control.waiting() == 0);
            sending.add(otherServer.tryAccept().orElseThrow());
        }
        for (VirtualSocket socket : sending) {
            socket.trySend(ByteBuffer.allocate(256_000));
        }
        int most = 0;
        while (times(Limited.CONNECTION_ABORTED_FOR_MEMORY) == 0) {
            step();
            most = Math.max(most, host.outgoingPieces.inUse());
        }
        assertThat(most).isBetween(NetStack.PIECES, NetStack.PIECES + sending.size());
        sending.forEach(VirtualSocket::abort);
        // On a slow machine a megabyte in single bytes fills memory for longer than an attack may.
        attacked.limit(LIMITS.with(Limit.MEMORY_PATIENCE, 60_000_000_000L));
        honestPartGoesOn();
    }

    /** NC-FAIL-2: what a new control channel repeats may be more than may wait on it otherwise. */
    @Test
    void aControlChannelComesUpWhateverHasToBeRepeatedOnIt() throws IOException {
        attacked.limit(Limits.DEFAULTS.with(Limit.QUEUED_CONTROL, 16));
        for (int i = 0; i < 30; i++) {
            ncsyn(i, OTHER_SERVER);
            until(() -> control.waiting() == 0);
        }
        attacked.cut(1);
        control = open(ChannelClass.CONTROL);
        honestPartGoesOn();
        assertThat(times(Limited.CONTROL_CHANNEL_STUCK)).isZero();
    }

    /** NC-FAIL-2: packets that it asks for and does not take are bounded; what matters is repeated. */
    @Test
    void aPeerThatDoesNotReadItsControlChannelLosesIt() throws IOException {
        ncsyn(1, OTHER_SERVER);
        until(() -> control.waiting() == 0);
        control.isStuck = true;
        for (int i = 1; i <= 5_000; i++) {
            control.forge(Wire.STOP, i, id(1), 50_000, OTHER_SERVER, 0);
        }
        until(() -> control.waiting() == 0);
        assertThat(times(Limited.CONTROL_CHANNEL_STUCK)).isZero();
        control.forge(Wire.STOP, 5_001, id(1), 50_000, OTHER_SERVER, 0);
        control.forge(Wire.STOP, 5_002, id(1), 50_000, OTHER_SERVER, 0);
        until(() -> times(Limited.CONTROL_CHANNEL_STUCK) == 1);
        control = open(ChannelClass.CONTROL);
        honestPartGoesOn();
    }

    /** From both sides of the bounds. */
    @Test
    void aPeerThatOpensChannelsWithoutEndHasAsManyAsThereMayBe() throws IOException {
        attacked.limit(Limits.DEFAULTS.with(Limit.DATA_CHANNELS, 10).with(Limit.CONTROL_CHANNELS, 3));
        for (int i = 1; i < 10; i++) {
            assertThat(attacked.addChannel(1_001 + 2 * i, ChannelClass.THROUGHPUT, false, MemoryDriver.pair()[0]))
                    .isTrue();
        }
        MemoryDriver refused = MemoryDriver.pair()[0];
        assertThat(attacked.addChannel(2_001, ChannelClass.LATENCY, false, refused)).isFalse();
        assertThat(times(Limited.DATA_CHANNEL_NOT_TAKEN)).isEqualTo(1);
        open(ChannelClass.CONTROL);
        open(ChannelClass.CONTROL);
        step();
        assertThat(times(Limited.CONTROL_CHANNEL_REPLACED)).isZero();
        open(ChannelClass.CONTROL);
        assertThat(times(Limited.CONTROL_CHANNEL_REPLACED)).isEqualTo(1);
        assertThat(host.link.count()).isEqualTo(10 + 3);
        honestPartGoesOn();
    }

    /** NC-HS-7: what waits to be answered is bounded, timers included. */
    @Test
    void aPeerThatAsksForUnknownConnectionsIsRememberedUpToABound() throws IOException {
        for (int again = 0; again < 2; again++) {
            for (int i = 0; i < 3_000; i++) {
                control.forge(Wire.ACK, 0, id(i % 1_500), 50_000, OTHER_SERVER, 0);
            }
        }
        honestPartGoesOn();
        until(() -> control.waiting() == 0);
        assertThat(host.memory.answers.size()).isLessThanOrEqualTo(1_000);
        assertThat(host.memory.sentResets.size()).isLessThanOrEqualTo(1_000);
        assertThat(host.timers.size()).isLessThanOrEqualTo(1_000 + 8);
    }

    /** NC-HDR-2, NC-FAIL-1: the channel is lost, and nothing else. */
    @Test
    void aPeerThatSendsGarbageLosesTheChannel() throws IOException {
        latency.forge(Wire.NCSYN, 1, id(1), 1, 1, 0);
        until(() -> host.dropped(Dropped.MALFORMED) == 1);
        latency = open(ChannelClass.LATENCY);
        honestPartGoesOn();
    }
}
