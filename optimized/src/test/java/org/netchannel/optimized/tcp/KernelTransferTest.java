package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Much data to and from the kernel at once, over links with faults of ours.
 * {@code -Dtcp.transfer.mebibytes=1024} says how much each way.
 */
class KernelTransferTest extends KernelTests {
    private static final long BYTES = Long.getLong("tcp.transfer.mebibytes", 64) << 20;

    /** Shares in parts of a million. */
    @ParameterizedTest
    @CsvSource({"1500, 0, 0, 0", "1500, 1000, 0, 0", "1500, 10000, 0, 0", "1500, 0, 10000, 0", "1500, 0, 0, 10000",
        "65000, 1000, 1000, 1000"})
    void everyByteArrivesBothWaysAtOnce(int mtu, int loss, int reordering, int duplication) throws Exception {
        LinkFaults faults = LinkFaults.NONE.withLoss(loss).withReordering(reordering).withDuplication(duplication);
        try (KernelLink link = new KernelLink(settings(mtu, "CUBIC"), faults, 1, null)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket(KernelLink.OURS, 80);
            TcpConnection ours = accept(link, listener);
            transfer(link, socket, ours, BYTES);
            long perMillion = loss + reordering + duplication;
            assertThat(link.call(link::faults)).isGreaterThanOrEqualTo(perMillion * (BYTES / mtu) / 1_000_000);
            link.await("every buffer is free", link::isClean, 60);
        }
    }
}
