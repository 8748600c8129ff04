package org.netchannel.optimized.tcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of a configuration. */
class Ipv6InterfaceTest {
    @ParameterizedTest
    @CsvSource({"fd00::2/64, fd00:0:0:0:0:0:0:2/64", "2001:DB8:1:2:3:4:5:6/128, 2001:db8:1:2:3:4:5:6/128",
        "fe80::1.2.3.4/1, fe80:0:0:0:0:0:102:304/1"})
    void addressesAreUnderstood(String typed, String shown) {
        assertThat(Ipv6Interface.of(typed)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/64", "fd00::2", "fd00::2/", "fd00::2/0", "fd00::2/129", "fd00::2/64/64", "::1/64",
        "::/64", "ff02::1/64", "::ffff:10.0.0.1/64", "10.0.0.1/24", "fe80::1%lo/64", "fd00::2::/64", "localhost/64",
        "[fd00::2]/64", "fd00::2/99999999999"})
    void whatIsNoAddressOfAHostIsRefused(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv6Interface.of(typed))
                .withMessageContaining("'" + typed + "'").withMessageContaining(Ipv6Interface.LEGAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd00::1", "fe80::1"})
    void aGatewayIsOnTheLink(String typed) {
        assertThat(Ipv6Interface.of("fd00::2/64").withGateway(typed).gateway().toInetAddress().getHostAddress())
                .startsWith(typed.substring(0, 4)).endsWith(":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fd00::2", "fd00:0:0:1::1", "::", "::1", "ff02::2", "10.0.0.1", "fd00::1/64"})
    void whatIsNoGatewayIsRefused(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv6Interface.of("fd00::2/64").withGateway(typed))
                .withMessageContaining("'" + typed + "'").withMessageContaining(Ipv6Interface.LEGAL_GATEWAY);
    }
}
