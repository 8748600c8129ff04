package org.netchannel.conformance.drill;

import java.util.List;
import java.util.stream.Stream;

/** All drills there are. */
public final class Drills {
    private Drills() {}

    /**
     * The drills, in the order of the protocol's sections.
     *
     * @return all of them; names differ
     */
    public static List<Drill> all() {
        return Stream.of(
                        HeaderDrills.all(),
                        ChannelDrills.all(),
                        NcsynDrills.all(),
                        SynSentDrills.all(),
                        DataDrills.all(),
                        ResponseQueueDrills.all(),
                        ReceiverStopDrills.all(),
                        SenderStopDrills.all(),
                        CloseDrills.all(),
                        FailureDrills.all())
                .flatMap(List::stream)
                .toList();
    }
}
