package org.netchannel.reference;

import java.util.Collection;
import java.util.Optional;
import org.pcollections.OrderedPMap;

/**
 * Things remembered for some time, the oldest first. Never more than the capacity: what a hostile peer makes this host
 * remember is bounded, and the oldest is forgotten early.
 *
 * @param capacity the most that is remembered
 * @param entries what is remembered and since when
 * @param <K> by what it is found
 * @param <V> what is remembered
 */
public record Remembered<K, V>(int capacity, OrderedPMap<K, Entry<V>> entries) {
    /** The most that a host remembers of one kind. */
    static final int CAPACITY = 1 << 16;

    /**
     * A thing remembered.
     *
     * @param value what it is
     * @param since when it was remembered, in nanoseconds
     * @param <V> its type
     */
    public record Entry<V>(V value, long since) {}

    static <K, V> Remembered<K, V> nothing() {
        return nothing(CAPACITY);
    }

    static <K, V> Remembered<K, V> nothing(int capacity) {
        return new Remembered<>(capacity, OrderedPMap.empty());
    }

    /** What was remembered less than {@code nanos} ago. */
    Optional<V> find(K key, long now, long nanos) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> now - entry.since() < nanos).map(Entry::value);
    }

    /** Remembers from now on; the same key takes the place of an older one. What is too old is forgotten. */
    Remembered<K, V> plus(K key, V value, long now, long nanos) {
        OrderedPMap<K, Entry<V>> kept = entries.minus(key);
        while (!kept.isEmpty() && (kept.size() >= capacity || now - oldest(kept).since() >= nanos)) {
            kept = kept.minus(kept.keySet().iterator().next());
        }
        return new Remembered<>(capacity, kept.plus(key, new Entry<>(value, now)));
    }

    private static <V> Entry<V> oldest(OrderedPMap<?, Entry<V>> entries) {
        return entries.values().iterator().next();
    }

    /** Changes what is remembered, not since when. */
    Remembered<K, V> replace(K key, V value) {
        Entry<V> entry = entries.get(key);
        return entry == null ? this : new Remembered<>(capacity, entries.plus(key, new Entry<>(value, entry.since())));
    }

    Collection<Entry<V>> oldestFirst() {
        return entries.values();
    }
}
