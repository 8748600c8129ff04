package org.netchannel.conformance.application;

import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.PacketType;

/** The bounds of memory that can be seen from outside: what is sent and not acknowledged, acknowledged and not read. */
final class Bounds {
    private final Host[] hosts;

    Bounds(Host a, Host b) {
        hosts = new Host[] {a, b};
    }

    /** Checks a packet that a host has sent, for a connection that no forged packet has hit. */
    void check(int host, Conversation conversation, PacketInFlight packet) {
        if (packet.is(PacketType.DATA)) {
            checkSendBuffer(host, conversation);
        }
        if (!packet.is(PacketType.NCSYN) && !packet.is(PacketType.NCREFUSE) && !packet.is(PacketType.RST)) {
            checkReceiveBuffer(host, conversation, packet.header().ack());
        }
    }

    /** NC-DATA-3. */
    private void checkSendBuffer(int host, Conversation conversation) {
        Passage passage = conversation.passage(host);
        long unacknowledged = passage.handed() - passage.acknowledged();
        if (unacknowledged > hosts[host].get(Setting.SEND_BUFFER)) {
            throw Judge.found("more is unacknowledged than the send buffer holds", conversation, host,
                    unacknowledged + " bytes, the send buffer has " + hosts[host].get(Setting.SEND_BUFFER),
                    "NC-DATA-3");
        }
    }

    /** NC-HOL-9. The FIN counts in an acknowledgement and takes no room (NC-FIN-1). */
    private void checkReceiveBuffer(int host, Conversation conversation, long acknowledged) {
        long held = acknowledged - 1 - conversation.side(host).read();
        long most = hosts[host].get(Setting.RECEIVE_BUFFER) + hosts[host].get(Setting.MAX_PAYLOAD)
                + hosts[1 - host].get(Setting.SEND_BUFFER);
        if (held > most) {
            throw Judge.found("the receive buffer holds more than it may", conversation, host,
                    held + " bytes are acknowledged and not read, legal are " + most,
                    "NC-HOL-9", "NC-HOL-2", "NC-HOL-4", "NC-HOL-5", "NC-HOL-6");
        }
    }
}
