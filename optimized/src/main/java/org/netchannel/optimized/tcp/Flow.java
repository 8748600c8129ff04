package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.Ipv6Address;

/**
 * The two ends of a connection: addresses of 128 bits, which IPv4 fills as RFC 4291, section 2.5.5.2, says, and ports.
 * The layer below may keep with it what it found out about the way to the peer.
 */
public final class Flow {
    private static final long IPV4_PREFIX = 0xffff_0000_0000L;

    private long localHigh;
    private long localLow;
    private long remoteHigh;
    private long remoteLow;
    private int localPort;
    private int remotePort;
    private Object route;

    /** Between nobody and nobody. */
    public Flow() {}

    /**
     * Names two ends with IPv4 addresses.
     *
     * @param local this host's address, 32 bits
     * @param localPort 0 to 65,535
     * @param remote the peer's address, 32 bits
     * @param remotePort 0 to 65,535
     * @return itself
     */
    public Flow setIpv4(int local, int localPort, int remote, int remotePort) {
        return set(0, IPV4_PREFIX | Integer.toUnsignedLong(local), localPort,
                0, IPV4_PREFIX | Integer.toUnsignedLong(remote), remotePort);
    }

    /**
     * Names two ends.
     *
     * @param local this host's address
     * @param localPort 0 to 65,535
     * @param remote the peer's address
     * @param remotePort 0 to 65,535
     * @return itself
     */
    public Flow set(Ipv6Address local, int localPort, Ipv6Address remote, int remotePort) {
        return set(local.high(), local.low(), localPort, remote.high(), remote.low(), remotePort);
    }

    /** The same ends but for this host's port. */
    Flow setLocalPort(int port) {
        localPort = port;
        route = null;
        return this;
    }

    Flow set(Flow other) {
        return set(other.localHigh, other.localLow, other.localPort, other.remoteHigh, other.remoteLow,
                other.remotePort);
    }

    /**
     * Names two ends by the halves of their addresses.
     *
     * @param newLocalHigh of this host's address
     * @param newLocalLow of this host's address
     * @param newLocalPort 0 to 65,535
     * @param newRemoteHigh of the peer's address
     * @param newRemoteLow of the peer's address
     * @param newRemotePort 0 to 65,535
     * @return itself
     */
    public Flow set(long newLocalHigh, long newLocalLow, int newLocalPort, long newRemoteHigh, long newRemoteLow,
            int newRemotePort) {
        localHigh = newLocalHigh;
        localLow = newLocalLow;
        localPort = newLocalPort;
        remoteHigh = newRemoteHigh;
        remoteLow = newRemoteLow;
        remotePort = newRemotePort;
        route = null;
        return this;
    }

    boolean equalTo(Flow other) {
        return remotePort == other.remotePort && localPort == other.localPort
                && remoteLow == other.remoteLow && remoteHigh == other.remoteHigh
                && localLow == other.localLow && localHigh == other.localHigh;
    }

    /**
     * This host's IPv4 address.
     *
     * @return 32 bits
     */
    public int localIpv4() {
        return (int) localLow;
    }

    /**
     * The peer's IPv4 address.
     *
     * @return 32 bits
     */
    public int remoteIpv4() {
        return (int) remoteLow;
    }

    /**
     * This host's port.
     *
     * @return 0 to 65,535
     */
    public int localPort() {
        return localPort;
    }

    /**
     * The peer's port.
     *
     * @return 0 to 65,535
     */
    public int remotePort() {
        return remotePort;
    }

    /**
     * Whether the addresses are of IPv4.
     *
     * @return whether {@link #localIpv4} and {@link #remoteIpv4} are all of them
     */
    public boolean isIpv4() {
        return localHigh == 0 && localLow >>> 32 == 0xffff;
    }

    /**
     * The peer's address.
     *
     * @return 128 bits
     */
    public Ipv6Address remote() {
        return new Ipv6Address(remoteHigh, remoteLow);
    }

    /**
     * Half of this host's address.
     *
     * @return the first 64 bits
     */
    public long localHigh() {
        return localHigh;
    }

    /**
     * Half of this host's address.
     *
     * @return the last 64 bits
     */
    public long localLow() {
        return localLow;
    }

    /**
     * Half of the peer's address.
     *
     * @return the first 64 bits
     */
    public long remoteHigh() {
        return remoteHigh;
    }

    /**
     * Half of the peer's address.
     *
     * @return the last 64 bits
     */
    public long remoteLow() {
        return remoteLow;
    }

    /**
     * What the layer below keeps here.
     *
     * @return null at first
     */
    public Object route() {
        return route;
    }

    /**
     * The layer below found out about the way to the peer.
     *
     * @param newRoute its own object, or null
     */
    public void setRoute(Object newRoute) {
        route = newRoute;
    }
}
