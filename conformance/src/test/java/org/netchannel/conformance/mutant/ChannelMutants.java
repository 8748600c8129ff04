package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 3: channels. */
final class ChannelMutants {
    private ChannelMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-CH-2", "R32", "packets before HELLO are taken", "NetChannel",
                        "return channel.helloArrived() && !channel.close().received();",
                        "return !channel.close().received();"),
                new SourceMutant("NC-CH-2", "", "a second HELLO is taken", "Channels",
                        "channel.helloArrived() || !(HelloCodec",
                        "!(HelloCodec"),
                new SourceMutant("NC-CH-2", "", "the number in HELLO does not matter", "Channels",
                        "|| hello.channel() != channel.number() ",
                        ""),
                new SourceMutant("NC-CH-2", "R32", "the class in HELLO does not matter", "Channels",
                        "|| hello.classCode() != channel.channelClass().code()",
                        ""),
                new SourceMutant("NC-CH-3", "R43", "control packets go on the oldest control channel", "Link",
                        "channel.cameUp() > newest.cameUp()",
                        "channel.cameUp() < newest.cameUp()"),
                new SourceMutant("NC-CH-3", "R56", "NCSYN is unheard while there are two control channels",
                        "NetChannel",
                        "case NCSYN -> Handshake.onNcsyn(host, header);",
                        "case NCSYN -> "
                                + "host.link().channels().values().stream().filter(Channel::isCon"
                                + "trol).count() > 1\n                    ? host : "
                                + "Handshake.onNcsyn(host, header);"),
                new SourceMutant("NC-CH-4", "", "the budget is a byte larger", "Channels",
                        "channel.charge() < host.settings().channelBudget()",
                        "channel.charge() <= host.settings().channelBudget()"),
                new SourceMutant("NC-CH-4", "", "the budget is never given back", "Channels",
                        "channel.get().charge() - bytes",
                        "channel.get().charge()"),
                new SourceMutant("NC-CH-5", "R40", "closed while bytes are unacknowledged", "Channels",
                        " && !hasUnacknowledged(host, channel)",
                        ""),
                new SourceMutant("NC-CH-5", "", "CHANNEL_CLOSE from the peer does not drain", "Channels",
                        "return drain(host, received);",
                        "return host.with(received);"),
                new SourceMutant("NC-CH-5", "R31", "a draining channel is chosen", "Channel",
                        "helloArrived() && !draining",
                        "helloArrived()"),
                new SourceMutant("NC-CH-5", "", "a control channel may be drained", "Channels",
                        "channel.isPresent() && channel.get().isControl()",
                        "channel.isPresent() && false"));
    }
}
