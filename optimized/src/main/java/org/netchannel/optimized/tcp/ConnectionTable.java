package org.netchannel.optimized.tcp;

import java.util.ArrayList;
import java.util.List;

/**
 * Connections by their ends: a hash table whose hash nobody else can foretell, so that its chains stay short. The hash
 * takes time, and segments come in bursts: whose the last one was is looked at first.
 */
final class ConnectionTable {
    private final InitialSequence hash;
    private TcpConnection[] buckets = new TcpConnection[64];
    private int size;
    /** The one that was found last, null when it is not in the table any more. */
    private TcpConnection latest;

    ConnectionTable(InitialSequence hash) {
        this.hash = hash;
    }

    int size() {
        return size;
    }

    TcpConnection find(Flow flow) {
        if (latest != null && latest.flow.equalTo(flow)) {
            return latest;
        }
        TcpConnection connection = buckets[bucket(flow)];
        while (connection != null && !connection.flow.equalTo(flow)) {
            connection = connection.nextInBucket;
        }
        latest = connection;
        return connection;
    }

    /** A copy: connections may end while it is gone through. */
    List<TcpConnection> all() {
        List<TcpConnection> all = new ArrayList<>();
        for (TcpConnection first : buckets) {
            for (TcpConnection connection = first; connection != null; connection = connection.nextInBucket) {
                all.add(connection);
            }
        }
        return all;
    }

    private int bucket(Flow flow) {
        return hash.bucket(flow) & buckets.length - 1;
    }

    void add(TcpConnection connection) {
        if (size == buckets.length) {
            grow();
        }
        put(connection);
        size++;
    }

    private void put(TcpConnection connection) {
        int bucket = bucket(connection.flow);
        connection.nextInBucket = buckets[bucket];
        buckets[bucket] = connection;
    }

    private void grow() {
        TcpConnection[] old = buckets;
        buckets = new TcpConnection[2 * old.length];
        for (TcpConnection first : old) {
            TcpConnection connection = first;
            while (connection != null) {
                TcpConnection next = connection.nextInBucket;
                put(connection);
                connection = next;
            }
        }
    }

    void remove(TcpConnection connection) {
        int bucket = bucket(connection.flow);
        TcpConnection before = buckets[bucket];
        if (before == connection) {
            buckets[bucket] = connection.nextInBucket;
        } else {
            while (before.nextInBucket != connection) {
                before = before.nextInBucket;
            }
            before.nextInBucket = connection.nextInBucket;
        }
        connection.nextInBucket = null;
        size--;
        latest = null;
    }
}
