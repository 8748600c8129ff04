package org.netchannel.bench.hosts;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the host that measures asks the other one to do, a line of text such as {@code SOURCE TCP_INVOKER 4096}.
 *
 * @param task what is done
 * @param transport what carries the bytes
 * @param size of a message, in bytes, 1 to {@value #LARGEST}
 */
public record Order(Task task, HostTransport transport, int size) {
    /** The largest message that is legal, in bytes. */
    public static final int LARGEST = 1 << 20;
    /** The longest line that is legal. */
    static final int LONGEST = 64;

    /** What the host that serves does. */
    public enum Task {
        /** Sends messages without end. */
        SOURCE,
        /** Sends back what it receives. */
        ECHO,
        /** Sends the largest frames of its device without end, with dpdk-testpmd; transport and size do not count. */
        FRAMES
    }

    String line() {
        return task + " " + transport + " " + size;
    }

    /** What a line says; empty when that is nothing legal. */
    static Optional<Order> parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 3 || !words[2].matches("[1-9][0-9]{0,6}")) {
            return Optional.empty();
        }
        int size = Integer.parseInt(words[2]);
        Optional<Task> task = Arrays.stream(Task.values()).filter(it -> it.name().equals(words[0])).findFirst();
        return Arrays.stream(HostTransport.values())
                .filter(it -> it.name().equals(words[1]) && task.isPresent() && size <= LARGEST)
                .map(it -> new Order(task.get(), it, size)).findFirst();
    }
}
