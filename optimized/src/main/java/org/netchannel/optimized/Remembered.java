package org.netchannel.optimized;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Things remembered for a while, the oldest first. Never more than a capacity: what a hostile peer makes this host
 * remember is bounded, and the oldest is forgotten early. Connections come and go here, not packets: it allocates.
 *
 * @param <K> by what it is found
 * @param <V> what is remembered
 */
final class Remembered<K, V> {
    private record Entry<V>(V value, long since) {}

    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();
    private final long forNs;
    private final IntSupplier capacity;
    private final Consumer<V> forgottenEarly;

    /**
     * Remembers nothing yet.
     *
     * @param forNs for how long a thing is remembered, in nanoseconds
     * @param capacity the most that is remembered
     * @param forgottenEarly is told of what had to go before its time
     */
    Remembered(long forNs, IntSupplier capacity, Consumer<V> forgottenEarly) {
        this.forNs = forNs;
        this.capacity = capacity;
        this.forgottenEarly = forgottenEarly;
    }

    /** What was remembered less than the time ago, or null. */
    V find(K key, long now) {
        Entry<V> entry = entries.get(key);
        return entry == null || now - entry.since() >= forNs ? null : entry.value();
    }

    /** Remembers from now on; the same key takes the place of an older one. What is too old is forgotten. */
    void put(K key, V value, long now) {
        entries.remove(key);
        int most = capacity.getAsInt();
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry<V> first = oldest.next();
            boolean isOver = now - first.since() >= forNs;
            if (entries.size() < most && !isOver) {
                break;
            }
            oldest.remove();
            if (!isOver) {
                forgottenEarly.accept(first.value());
            }
        }
        entries.put(key, new Entry<>(value, now));
    }

    /** Everything that is still remembered, the oldest first. */
    void forEach(long now, Consumer<V> what) {
        for (Map.Entry<K, Entry<V>> entry : entries.entrySet()) {
            if (now - entry.getValue().since() < forNs) {
                what.accept(entry.getValue().value());
            }
        }
    }

    int size() {
        return entries.size();
    }
}
