package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.netchannel.reference.ResponseQueue.Waiting;
import org.netchannel.reference.Sending.Fin;
import org.netchannel.reference.Sending.Handed;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** What holds in every state that can be reached, between any two calls. */
final class Invariants {
    private Invariants() {}

    static void check(HostState host) {
        Map<Integer, Long> charges = new HashMap<>();
        for (Connection connection : host.connections().values()) {
            checkSending(host, connection);
            checkReceiving(host, connection);
            for (Waiting waiting : connection.responses().waiting()) {
                charges.merge(waiting.channel(), (long) waiting.data().bytes().length(), Long::sum);
            }
            boolean ready = connection.isEstablished() && connection.sending().isReady();
            assertThat(host.ready(connection.trafficClass()).contains(connection.id())).isEqualTo(ready);
        }
        assertThat(host.latency().size() + host.throughput().size()).isLessThanOrEqualTo(host.connections().size());
        for (Channel channel : host.link().channels().values()) {
            checkChannel(host, channel, charges.getOrDefault(channel.number(), 0L));
        }
        for (Long id : host.sockets().values()) {
            assertThat(host.connections()).containsKey(id);
        }
    }

    /** NC-DATA-3, and every byte below snd_nxt is acknowledged, on a channel that lives, or to be sent again. */
    private static void checkSending(HostState host, Connection connection) {
        Sending sending = connection.sending();
        assertThat(sending.written() - sending.sndUna()).as("NC-DATA-3")
                .isLessThanOrEqualTo(host.settings().sendBuffer());
        assertThat(sending.sndNxt()).isLessThanOrEqualTo(sending.written());
        long covered = 0;
        for (Map.Entry<Long, Handed> handed : sending.handed().entrySet()) {
            covered += handed.getValue().end() - Math.max(handed.getKey(), sending.sndUna());
            assertThat(host.link().channels()).as("NC-FAIL-1").containsKey(handed.getValue().channel());
        }
        for (Map.Entry<Long, Long> range : sending.resend().entrySet()) {
            covered += range.getValue() - range.getKey();
        }
        boolean finAcknowledged = sending.isFinAcknowledged();
        assertThat(covered).isEqualTo(sending.sndNxt() - sending.sndUna() + (finAcknowledged ? 1 : 0));
        if (connection.isEstablished() && sending.fin() == Fin.DUE) {
            assertThat(sending.sndNxt()).as("NC-FIN-1").isLessThan(sending.written());
        }
    }

    /** NC-HOL-9, and the pieces of the receive buffer do not overlap. */
    private static void checkReceiving(HostState host, Connection connection) {
        Receiving receiving = connection.receiving();
        long held = 0;
        long end = receiving.read();
        for (Map.Entry<Long, Bytes> piece : receiving.buffer().entrySet()) {
            long from = Math.max(piece.getKey(), receiving.read());
            assertThat(from).isGreaterThanOrEqualTo(end);
            end = piece.getKey() + piece.getValue().length();
            held += end - from;
        }
        assertThat(receiving.held()).isEqualTo(held);
        assertThat(held).as("NC-HOL-9").isLessThanOrEqualTo(
                host.settings().receiveBuffer() + host.settings().maxPayload() + receiving.sendBuffer());
        ResponseQueue responses = connection.responses();
        if (!responses.waiting().isEmpty() && !responses.outstanding()
                && responses.epoch() < ResponseQueue.LAST_EPOCH) {
            assertThat(responses.deadline()).as("NC-HOL-3").isNotEqualTo(Timers.NEVER);
        }
        if (connection.isLive() && receiving.isUnsent()) {
            assertThat(receiving.ackDeadline()).as("NC-DATA-5").isNotEqualTo(Timers.NEVER);
        }
    }

    /** NC-CH-4 and NC-SCH-2. */
    private static void checkChannel(HostState host, Channel channel, long charge) {
        assertThat(channel.charge()).as("NC-CH-4").isEqualTo(charge);
        assertThat(charge).as("NC-CH-4").isLessThan(host.settings().channelBudget() + host.settings().maxPayload());
        long queued = 0;
        for (Packet packet : channel.transmit()) {
            PacketHeader header = packet.header();
            queued += header.typeCode() == PacketType.DATA.code() ? header.length() : 0;
        }
        assertThat(channel.queuedBytes()).isEqualTo(queued);
        assertThat(queued).as("NC-SCH-2")
                .isLessThan(host.settings().queueThreshold() + PacketHeader.MAX_PAYLOAD);
        if (channel.channelClass() != ChannelClass.CONTROL && channel.helloArrived() && !channel.draining()
                && queued < host.settings().queueThreshold()) {
            assertThat(host.ready(channel.channelClass())).as("NC-SCH-2: no lost wake-up").isEmpty();
        }
    }
}
