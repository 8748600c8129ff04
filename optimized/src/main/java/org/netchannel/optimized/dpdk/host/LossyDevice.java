package org.netchannel.optimized.dpdk.host;

import java.util.SplittableRandom;
import org.netchannel.optimized.dpdk.MbufBurst;

/** A device that loses a share of the frames that arrive: which ones depends on a seed. One thread calls. */
public final class LossyDevice extends ForwardingDevice {
    private final SplittableRandom random;
    private final double share;
    private final MbufBurst in = new MbufBurst(MbufBurst.USUAL);
    private final MbufBurst dropped = new MbufBurst(MbufBurst.USUAL);
    private long lost;

    /**
     * Loses frames from now on.
     *
     * @param device whose frames
     * @param seed decides which
     * @param share how many, 0 to 1
     */
    public LossyDevice(FrameDevice device, long seed, double share) {
        super(device);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", legal is 0 to 1");
        }
        this.random = new SplittableRandom(seed);
        this.share = share;
    }

    @Override
    public int receive(MbufBurst burst) {
        if (burst.space() < MbufBurst.USUAL) {
            return 0;
        }
        int came = device.receive(in);
        for (int i = 0; i < in.count(); i++) {
            (random.nextDouble() < share ? dropped : burst).add(in.get(i));
        }
        in.clear();
        lost += dropped.count();
        dropped.free();
        return came;
    }

    /**
     * How many frames were lost.
     *
     * @return since it was made
     */
    public long lost() {
        return lost;
    }
}
