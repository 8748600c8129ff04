package org.netchannel.conformance.mutant;

import java.util.List;
import java.util.stream.Stream;

/** All mutants of the reference, in the order of the sections of protocol.md. */
final class SourceMutants {
    private SourceMutants() {}

    static List<SourceMutant> all() {
        return Stream.of(
                        HeaderMutants.all(), ChannelMutants.all(), HandshakeMutants.all(), DataMutants.all(),
                        HeadOfLineMutants.all(), CloseMutants.all(), SchedulingMutants.all(), FailureMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
