package org.netchannel.optimized.tcp.congestion;

/** The congestion controls there are. */
public enum CongestionAlgorithm {
    /** RFC 5681 and 6582. */
    NEW_RENO,
    /** RFC 9438. */
    CUBIC,
    /** RFC 8257; both hosts and the network between them have to be made for it. */
    DCTCP;

    /**
     * The control of one new connection.
     *
     * @return before anything was sent
     */
    public CongestionControl create() {
        return switch (this) {
            case NEW_RENO -> new NewReno();
            case CUBIC -> new Cubic();
            case DCTCP -> new Dctcp();
        };
    }
}
