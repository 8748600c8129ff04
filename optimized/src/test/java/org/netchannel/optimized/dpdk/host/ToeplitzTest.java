package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microsoft, Verifying the RSS hash calculation: the published values, with ports. */
class ToeplitzTest {
    private static final Toeplitz HASH = new Toeplitz(QueueOwners.USUAL_KEY);

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187, 2794, 161.142.100.80, 1766, 51ccc178",
        "199.92.111.2, 14230, 65.69.140.83, 4739, c626b0ea",
        "24.19.198.95, 12898, 12.22.207.184, 38024, 5c2b394a",
        "38.27.205.30, 48228, 209.142.163.6, 2217, afc7327f",
        "153.39.163.191, 44251, 202.188.127.2, 1303, 10e828a2",
    })
    void connectionsOverIpv4(String source, int sourcePort, String destination, int destinationPort, String hash) {
        assertThat(HASH.hash(bytes(source).getInt(), bytes(destination).getInt(), sourcePort, destinationPort))
                .isEqualTo(Integer.parseUnsignedInt(hash, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "3ffe:2501:200:1fff::7, 2794, 3ffe:2501:200:3::1, 1766, 40207d3d",
        "3ffe:501:8::260:97ff:fe40:efab, 14230, ff02::1, 4739, dde51bbf",
        "3ffe:1900:4545:3:200:f8ff:fe21:67cf, 44251, fe80::200:f8ff:fe21:67cf, 38024, 02d1feef",
    })
    void connectionsOverIpv6(String source, int sourcePort, String destination, int destinationPort, String hash) {
        ByteBuffer from = bytes(source);
        ByteBuffer to = bytes(destination);
        assertThat(HASH.hash(from.getLong(), from.getLong(), to.getLong(), to.getLong(), sourcePort, destinationPort))
                .isEqualTo(Integer.parseUnsignedInt(hash, 16));
    }

    private static ByteBuffer bytes(String address) {
        return ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress());
    }
}
