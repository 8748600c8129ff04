package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 8: which channel, and when. */
final class SchedulingMutants {
    private SchedulingMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-SCH-1", "R17", "any data channel will do for either class", "Channel",
                        "channelClass == trafficClass && helloArrived()",
                        "channelClass != ChannelClass.CONTROL && helloArrived()"),
                new SourceMutant("NC-SCH-2", "", "the threshold does not count", "Scheduler",
                        " && channel.queuedBytes() < host.settings().queueThreshold()",
                        ""),
                new SourceMutant("NC-SCH-2", "R35", "nobody is woken when a queue gets shorter", "Channels",
                        "closeWhenSent(Scheduler.handOver(host.with(shorter)), channel.number())",
                        "closeWhenSent(host.with(shorter), channel.number())"));
    }
}
