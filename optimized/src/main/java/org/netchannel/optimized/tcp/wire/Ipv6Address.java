package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv6 address (RFC 4291); an IPv4 address is one of those, too (section 2.5.5.2).
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ipv6Address(long high, long low) {
    /** Its length on the wire. */
    public static final int BYTES = 16;

    private static final long IPV4_PREFIX = 0xffff_0000_0000L;
    private static final long LOW_24_BITS = 0xff_ffff;
    private static final long IPV6_GROUP = 0x3333_0000_0000L;

    /**
     * An IPv4 address as one of IPv6.
     *
     * @param address 32 bits
     * @return ::ffff:a.b.c.d
     */
    public static Ipv6Address ofIpv4(int address) {
        return new Ipv6Address(0, IPV4_PREFIX | Integer.toUnsignedLong(address));
    }

    /**
     * An address as the JDK has it.
     *
     * @param address of either version of IP
     * @return the same; that of IPv4 as one of those
     */
    public static Ipv6Address of(InetAddress address) {
        MemorySegment bytes = MemorySegment.ofArray(address.getAddress());
        return bytes.byteSize() == BYTES ? read(bytes, 0) : ofIpv4(NetworkOrder.getInt(bytes, 0));
    }

    /**
     * Reads an address.
     *
     * @param memory holds it
     * @param at byte offset
     * @return the address
     */
    public static Ipv6Address read(MemorySegment memory, long at) {
        return new Ipv6Address(NetworkOrder.getLong(memory, at), NetworkOrder.getLong(memory, at + 8));
    }

    /**
     * Whether it stands somewhere.
     *
     * @param memory holds an address
     * @param at its byte offset
     * @return whether that is this one
     */
    public boolean isAt(MemorySegment memory, long at) {
        return NetworkOrder.getLong(memory, at) == high && NetworkOrder.getLong(memory, at + 8) == low;
    }

    /**
     * Writes it.
     *
     * @param memory takes it
     * @param at byte offset
     */
    public void write(MemorySegment memory, long at) {
        NetworkOrder.putLong(memory, at, high);
        NetworkOrder.putLong(memory, at + 8, low);
    }

    /**
     * Whether the address is one of IPv4.
     *
     * @return whether {@link #ipv4} is all of it
     */
    public boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /**
     * The last 32 bits.
     *
     * @return the address, if it is one of IPv4
     */
    public int ipv4() {
        return (int) low;
    }

    /**
     * Whether it is that of a group (RFC 4291, section 2.7).
     *
     * @return whether it is no host's
     */
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    /**
     * The group that a host with this address belongs to, so that it can be asked where it is (RFC 4291, section
     * 2.7.1).
     *
     * @return ff02::1:ffxx:xxxx
     */
    public Ipv6Address solicitedNode() {
        return new Ipv6Address(0xff02_0000_0000_0000L, 0x1_ff00_0000L | low & LOW_24_BITS);
    }

    /**
     * Where frames for a group go (RFC 2464, section 7).
     *
     * @return an Ethernet address, 48 bits
     */
    public long groupLink() {
        return IPV6_GROUP | low & 0xffff_ffffL;
    }

    /**
     * As the JDK has it.
     *
     * @return an address of IPv4 where it {@linkplain #isIpv4 is one}
     */
    public InetAddress toInetAddress() {
        byte[] bytes = new byte[BYTES];
        write(MemorySegment.ofArray(bytes), 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + BYTES + " bytes is none", e);
        }
    }

    /** As people write it, that of IPv4 with dots. */
    @Override
    public String toString() {
        return toInetAddress().getHostAddress();
    }
}
