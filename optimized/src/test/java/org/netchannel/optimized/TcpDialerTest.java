package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.Config;

/** A peer that can't be dialed is no reason for a stack to end. In a process that has IPv4 only. */
class TcpDialerTest {
    /** Steps a stack that dials a peer with an IPv6 address. */
    static final class Main {
        private static final long DIALS_NS = 20_000_000;

        private Main() {}

        /** Says so when the stack has gone on. */
        public static void main(String[] arguments) throws IOException {
            byte[] loopback = new byte[16];
            loopback[15] = 1;
            InetSocketAddress peer = new InetSocketAddress(InetAddress.getByAddress(loopback), 7_000);
            try (NetStack stack = new NetStack(
                    Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 1 << 20)) {
                TcpLink.dial(stack, peer, 1, 0);
                for (long began = System.nanoTime(); System.nanoTime() - began < DIALS_NS; ) {
                    stack.doWork();
                }
            }
            System.out.println("it goes on");
        }
    }

    @Test
    @Timeout(60)
    void aPeerOfAnotherVersionOfIpIsLikeOneThatIsNotThere() throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), Main.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("it goes on");
    }
}
