package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/**
 * NetScheduler: puts packets of connections on channels (section 8). Connections that have something to send stand in
 * one list for each class and take turns, a packet each. {@link #handOver} is called after every change to either side,
 * so that nothing waits beside a channel that could be chosen (NC-SCH-2).
 */
final class Scheduler {
    private final HostCore host;
    private final SchedulingPolicy policy;
    private final ClassQueue latency = new ClassQueue(ChannelClass.LATENCY);
    private final ClassQueue throughput = new ClassQueue(ChannelClass.THROUGHPUT);

    Scheduler(HostCore host, SchedulingPolicy policy) {
        this.host = host;
        this.policy = policy;
    }

    /** Puts a connection into its list, or takes it out, as it is ready or not. */
    void refresh(Connection connection) {
        boolean ready = connection.isReady();
        if (ready != connection.isListedReady) {
            ClassQueue queue = connection.trafficClass == ChannelClass.LATENCY ? latency : throughput;
            if (ready) {
                queue.add(connection);
            } else {
                queue.remove(connection);
            }
        }
    }

    /** NC-SCH-1, NC-SCH-2: everything goes that can. */
    void handOver() {
        latency.handOver();
        throughput.handOver();
    }

    /** The connections of one class that have something for a channel, and the channels of that class. */
    private final class ClassQueue implements ChannelView {
        private final ChannelClass trafficClass;
        private Connection first;
        private Connection last;
        private int size;
        private Channel[] channels = {};

        private ClassQueue(ChannelClass trafficClass) {
            this.trafficClass = trafficClass;
        }

        private void add(Connection connection) {
            connection.isListedReady = true;
            connection.previousReady = last;
            connection.nextReady = null;
            if (last == null) {
                first = connection;
            } else {
                last.nextReady = connection;
            }
            last = connection;
            size++;
        }

        private void remove(Connection connection) {
            connection.isListedReady = false;
            if (connection.previousReady == null) {
                first = connection.nextReady;
            } else {
                connection.previousReady.nextReady = connection.nextReady;
            }
            if (connection.nextReady == null) {
                last = connection.previousReady;
            } else {
                connection.nextReady.previousReady = connection.previousReady;
            }
            connection.previousReady = null;
            connection.nextReady = null;
            size--;
        }

        /** A policy may hold one connection back and let another one go, so each is asked until none goes. */
        private void handOver() {
            int heldBack = 0;
            while (heldBack < size && canCarryAny()) {
                Connection connection = first;
                int index = policy.choose(this, host.link.lastChosen(trafficClass), connection.id);
                remove(connection);
                if (index == SchedulingPolicy.NONE || !mayCut(connection, channels[index])) {
                    add(connection);
                    heldBack++;
                } else {
                    handOne(connection, channels[index]);
                    heldBack = 0;
                }
            }
        }

        /** A peer that takes a byte at a time and acknowledges none does not have pieces made without end. */
        private boolean mayCut(Connection connection, Channel channel) {
            return !host.outgoingPieces.isShort() || connection.sending.isNextWhole(channel.largestPayload);
        }

        private boolean canCarryAny() {
            channels = host.link.channels(trafficClass);
            if (host.packets.isShort()) {
                return false;
            }
            for (int i = 0; i < channels.length; i++) {
                if (mayCarry(i)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int size() {
            return channels.length;
        }

        @Override
        public int number(int index) {
            return channels[index].number;
        }

        @Override
        public long queuedBytes(int index) {
            return channels[index].transmit.dataBytes();
        }

        @Override
        public boolean isActive(int index) {
            return channels[index].isActive();
        }

        @Override
        public boolean mayCarry(int index) {
            Channel channel = channels[index];
            return channel.isActive() && channel.transmit.dataBytes() < host.settings.queueThreshold();
        }
    }

    /** NC-DATA-2: one packet is cut, addressed and put in the channel's queue; its ack value is the one of now. */
    private void handOne(Connection connection, Channel channel) {
        Piece piece = connection.sending.next(channel.largestPayload);
        long ack = connection.receivedNext();
        OutgoingPacket packet = host.packets.of(Wire.DATA, piece.length, 0, connection.id, piece.offset, ack);
        packet.sourcePort = connection.localPort;
        packet.destinationPort = connection.remotePort;
        piece.segment.retain();
        packet.segment = piece.segment;
        packet.at = piece.at;
        connection.sending.hand(piece, channel);
        if (connection.lastUsed != channel) {
            connection.lastUsed = channel;
            channel.users.add(connection.id);
        }
        connection.acknowledged = ack;
        connection.acknowledgementTimer.stop();
        channel.transmit.add(packet);
        host.link.choose(channel);
        refresh(connection);
        host.closing.sendFinWhenDue(connection);
    }
}
