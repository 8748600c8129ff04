package org.netchannel.optimized.tcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4InterfaceTest {
    @Test
    void anAddressIsRead() {
        assertThat(Ipv4Interface.of("10.0.0.2/24")).isEqualTo(new Ipv4Interface(0x0a00_0002, 24, 0))
                .hasToString("10.0.0.2/24");
        assertThat(Ipv4Interface.of("223.255.255.254/1").withGateway("192.0.0.1"))
                .isEqualTo(new Ipv4Interface(0xdfff_fffe, 1, 0xc000_0001))
                .hasToString("223.255.255.254/1 by 192.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0.1/8", "10.0.0.1/30", "10.0.0.2/30", "10.0.0.0/31", "10.0.0.255/32"})
    void theFirstAndLastHostsAreLegal(String typed) {
        assertThat(Ipv4Interface.of(typed)).hasToString(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "10.0.0.2", "10.0.0.2/", "10.0.0.2/0", "10.0.0.2/33", "10.0.0.256/24", "10.0.2/24",
        "10.0.0.2.1/24", "10.0.0.02/24", "10.0.0.2/024", "0.0.0.1/24", "127.0.0.1/8", "224.0.0.1/24",
        "255.255.255.255/32", "10.0.0.0/30", "10.0.0.3/30", "host/24", "٣.0.0.1/24", "1e1.0.0.1/24"})
    void whatIsNoAddressOfAHostIsNamed(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Interface.of(typed))
                .withMessage("'" + typed + "' is no address of a host; legal: " + Ipv4Interface.LEGAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "10.0.0.2", "10.0.1.1", "10.0.0.0", "10.0.0.255", "gateway"})
    void whatIsNoOtherHostOnTheLinkIsNoGateway(String typed) {
        Ipv4Interface self = Ipv4Interface.of("10.0.0.2/24");
        assertThatIllegalArgumentException().isThrownBy(() -> self.withGateway(typed))
                .withMessage("'" + typed + "' is no gateway; legal: " + Ipv4Interface.LEGAL_GATEWAY);
    }
}
