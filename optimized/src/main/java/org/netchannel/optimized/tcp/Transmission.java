package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.NetworkOutput.Opening;
import org.netchannel.optimized.tcp.Output.Result;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Whose turn it is to send: resets first, then each connection that may have something, one segment at a time. */
final class Transmission {
    private final TcpLayer layer;
    private final Output output;
    private TcpConnection firstReady;
    private TcpConnection lastReady;
    /** Connections that wait until the layer below has found their peer. */
    private TcpConnection firstUnresolved;

    Transmission(TcpLayer layer) {
        this.layer = layer;
        this.output = new Output(layer);
    }

    void ready(TcpConnection connection) {
        if (!connection.ready && connection.state != State.CLOSED) {
            connection.ready = true;
            add(connection);
        }
    }

    private void add(TcpConnection connection) {
        connection.nextReady = null;
        if (lastReady == null) {
            firstReady = connection;
        } else {
            lastReady.nextReady = connection;
        }
        lastReady = connection;
    }

    private TcpConnection removeFirst() {
        TcpConnection connection = firstReady;
        firstReady = connection.nextReady;
        lastReady = firstReady == null ? null : lastReady;
        connection.nextReady = null;
        return connection;
    }

    void resolved() {
        while (firstUnresolved != null) {
            TcpConnection connection = firstUnresolved;
            firstUnresolved = connection.nextReady;
            add(connection);
        }
    }

    int transmit(NetworkOutput network, int most) {
        int sent = sendAnswers(network, most);
        while (sent < most && firstReady != null) {
            Result result = output.sendNext(firstReady, network);
            if (result == Result.FULL) {
                return sent;
            }
            TcpConnection connection = removeFirst();
            switch (result) {
                case SENT -> {
                    sent++;
                    add(connection);
                }
                case UNRESOLVED -> {
                    connection.nextReady = firstUnresolved;
                    firstUnresolved = connection;
                }
                default -> connection.ready = false;
            }
        }
        return sent;
    }

    private int sendAnswers(NetworkOutput network, int most) {
        int sent = 0;
        while (sent < most && !layer.answers().isEmpty()) {
            Answers.Answer answer = layer.answers().first();
            Opening opening = network.openAnswer(answer.flow);
            if (opening == Opening.FULL) {
                return sent;
            }
            if (opening == Opening.READY) {
                write(answer, network);
                sent++;
            } else {
                // Nobody keeps a connection for it: it is given up.
                layer.counters().count(Counter.ANSWERS_DROPPED);
            }
            layer.answers().removeFirst();
        }
        return sent;
    }

    private void write(Answers.Answer answer, NetworkOutput network) {
        TcpHeader.write(network.header(), network.headerAt(), answer.flow.localPort(), answer.flow.remotePort(),
                answer.sequence, answer.acknowledgement, TcpHeader.BYTES, answer.flags, 0);
        TcpHeader.putChecksum(network.header(), network.headerAt(), network.checksum().of(
                network.pseudoHeader(answer.flow, TcpHeader.BYTES), network.header(), network.headerAt(),
                TcpHeader.BYTES, null, 0, 0));
        layer.counters().count(Counter.RESETS_SENT);
        layer.counters().count(Counter.SEGMENTS_SENT);
        network.send(answer.flow, TcpHeader.BYTES, 0, null, 0, 0, 0);
    }
}
