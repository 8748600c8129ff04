package org.netchannel.optimized;

import java.util.Objects;
import org.netchannel.optimized.NetStack.Mode;

/**
 * Whose threads do the work of a stack, and how it is divided. The agents are the same in every mode. The work of all
 * channels is the work of one or more channel agents; each has some of the channels, and reads and writes their
 * transports. Opening channels and counting is done along with the first one.
 *
 * @param mode whose threads they are
 * @param channelAgents how many channel agents, 1 to {@link #MOST_CHANNEL_AGENTS}; in mode DEDICATED, how many threads
 * @param idling what a thread does that finds nothing to do
 * @param placement says which agent gets a channel that comes up
 * @param copyWorkers how many threads more help applications that receive 128 KiB and more at once with the copying, 0
 *     to {@link #MOST_COPY_WORKERS}; none in mode INVOKER
 */
public record Threading(
        Mode mode, int channelAgents, Idling idling, ChannelPlacement placement, int copyWorkers) {
    /** The most channel agents. */
    public static final int MOST_CHANNEL_AGENTS = 64;
    /** The most copy workers. */
    public static final int MOST_COPY_WORKERS = 64;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when there are too few or too many of something
     */
    public Threading {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(idling, "idling");
        Objects.requireNonNull(placement, "placement");
        if (channelAgents < 1 || channelAgents > MOST_CHANNEL_AGENTS) {
            throw new IllegalArgumentException(
                    "channelAgents is " + channelAgents + ", legal is 1 to " + MOST_CHANNEL_AGENTS);
        }
        int most = mode == Mode.INVOKER ? 0 : MOST_COPY_WORKERS;
        if (copyWorkers < 0 || copyWorkers > most) {
            throw new IllegalArgumentException(
                    "copyWorkers is " + copyWorkers + ", legal is 0 to " + most + " in mode " + mode);
        }
    }

    /**
     * One channel agent and no copy workers, so at most one thread.
     *
     * @param mode whose thread it is
     * @return what a stack has unless it is told otherwise
     */
    public static Threading of(Mode mode) {
        return new Threading(mode, 1, Idling.BACKOFF, ChannelPlacements.FEWEST_CHANNELS, 0);
    }

    /**
     * The same with another number of channel agents.
     *
     * @param count 1 to {@link #MOST_CHANNEL_AGENTS}
     * @return a changed copy
     * @throws IllegalArgumentException when the number is not legal
     */
    public Threading withChannelAgents(int count) {
        return new Threading(mode, count, idling, placement, copyWorkers);
    }

    /**
     * The same with another way of waiting.
     *
     * @param other what a thread does that finds nothing to do
     * @return a changed copy
     */
    public Threading withIdling(Idling other) {
        return new Threading(mode, channelAgents, other, placement, copyWorkers);
    }

    /**
     * The same with another placement of channels.
     *
     * @param other says which agent gets a channel
     * @return a changed copy
     */
    public Threading withPlacement(ChannelPlacement other) {
        return new Threading(mode, channelAgents, idling, other, copyWorkers);
    }

    /**
     * The same with another number of copy workers. They take parts of copies that the application's thread would make
     * alone otherwise, and no more while 640 KiB wait for them, so they pay where there are
     * more cores than threads with something to do, and cost time elsewhere.
     *
     * @param count 0 to {@link #MOST_COPY_WORKERS}, 0 in mode INVOKER
     * @return a changed copy
     * @throws IllegalArgumentException when the number is not legal
     */
    public Threading withCopyWorkers(int count) {
        return new Threading(mode, channelAgents, idling, placement, count);
    }

    boolean hasThreads() {
        return mode != Mode.INVOKER;
    }
}
